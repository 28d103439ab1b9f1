import { Context, Query, withETag, type Versioned } from '@homeward/http';
import { Database, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { toFact } from '../../adapters/accountability.repository';
import { statusOf } from '../../adapters/hospital-stay.decision';
import { evolve, type Holding } from '../../domain/accountability';
import { dischargeFrom } from '../../domain/hospital-stay';
import { hospitalStayFor } from './hospital-stays.query';

export class StayingAt {
  @ApiProperty({ format: 'uuid' })
  teamId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  answeredBy!: string | null;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until!: string | null;
}

export class HospitalStay {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  version!: number;

  @ApiProperty({ enum: ['in-hospital', 'ended'] })
  status!: 'in-hospital' | 'ended';

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({
    type: [StayingAt],
    description: 'The hospital teams, one after the other; none of a stay that nobody told of.',
  })
  hospitals!: StayingAt[];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The community team of the last discharge.',
  })
  dischargedTo!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dischargedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When that team said that it took over.',
  })
  dischargeAcceptedAt!: string | null;
}

@Controller('hospital-stays')
export class HospitalStaysController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'get-hospital-stay',
    summary: 'A hospital stay, by all that has been told of it',
    may: ['intake', 'team-lead', 'coordinator', 'manager', 'person'],
    answer: HospitalStay,
    example: {
      id: '0199b6a0-0000-7000-8000-000000000070',
      version: 1,
      status: 'in-hospital',
      personId: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      hospitals: [
        {
          teamId: '0199b6a0-0000-7000-8000-0000000000a5',
          answeredBy: '0a3c1d52-5b0e-4f0e-8a51-000000000009',
          from: '2026-11-20T22:30:00.000000Z',
          until: null,
        },
      ],
      dischargedTo: null,
      dischargedAt: null,
      dischargeAcceptedAt: null,
    },
  })
  @Get(':id')
  async get(@Context() context: RequestContext, @Param('id') id: string): Promise<Versioned> {
    const subject = `hospital-stay/${id}`;
    const rows = await this.database.read(context, hospitalStayFor(context.principal, id), { subject });
    if (!rows[0]) throw new NotFound('hospital-stay');
    const stay = toHospitalStay(rows[0], rows);
    return withETag(stay, stay.version);
  }
}

export function toHospitalStay(stay: Row, rows: Row[]): HospitalStay {
  const id = stay['stay_id'] as string;
  const facts = rows.map(toFact);
  const course = evolve(facts);
  const discharge = dischargeFrom(id, facts);
  return {
    id,
    version: Number(stay['version']),
    status: statusOf(id, course),
    personId: stay['person_id'] as string,
    hospitals: course.hospital.filter(({ hospitalStayId }) => hospitalStayId === id).map(toStayingAt),
    dischargedTo: discharge?.teamId ?? null,
    dischargedAt: discharge?.occurredAt ?? null,
    dischargeAcceptedAt: stay['accepted_at'] as string | null,
  };
}

const toStayingAt = ({ teamId, answeredBy, from, until }: Holding): StayingAt => ({ teamId, answeredBy, from, until });
