import type { EventContract, EventEnvelope } from '@homeward/contracts';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import { foundationTables, type MigrationClass } from '@homeward/persistence';
import { createServiceDatabase, type ServiceDatabase } from '@homeward/testing';
import type { QueryRunner } from 'typeorm';

class Tables1764000000000 {
  name = 'Tables1764000000000';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of foundationTables('people')) await runner.query(statement);
  }
  async down(): Promise<void> {}
}

/** A service that has heard of nothing yet. */
export const openPeople = (): Promise<ServiceDatabase> =>
  createServiceDatabase('people', [Tables1764000000000 as MigrationClass]);

/** One person's events of one service, numbered as its stream does. */
export function streamOf(personId: string, service: string) {
  let sequence = 0n;
  return <D>(
    contract: EventContract<D>,
    subject: string,
    occurredat: string,
    data: Partial<D> = {},
  ): EventEnvelope => ({
    id: uuidv7(),
    source: `/homeward/${service}`,
    type: contract.type,
    subject,
    time: occurredat,
    occurredat,
    partitionkey: `person/${personId}`,
    sequence: (sequence += 1n),
    dataschema: 'https://homeward.example/schemas',
    correlationid: uuidv4(),
    actorrole: 'intake',
    personid: personId,
    data: { ...contract.example, ...data },
  });
}
