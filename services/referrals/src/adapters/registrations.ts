import { PeopleClient } from '@homeward/http';
import { uuidOf } from '@homeward/kernel';
import type { CommandContext } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';

/** What a referrer knows of somebody; it goes to people and is kept nowhere here. */
export interface PersonDetails {
  nhsNumber?: string;
  nhsNumberAbsentReason?: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  home: { lines: string[]; postcode: string; responsibleIcb: string; restricted?: boolean };
  basis: string;
}

/** Persons who are referred without an id are registered behind the referral (DEC-33). */
@Injectable()
export class Registrations {
  constructor(private readonly people: PeopleClient) {}

  /**
   * Answers the person's id, whether people knew them or not. The same request is the same registration; a corrected
   * one under the same key is another, so that nobody is referred in the place of whom was meant first.
   */
  async register(context: CommandContext, person: PersonDetails): Promise<string> {
    const { organisation, sub } = context.principal;
    const { key = '', fingerprint = '' } = context.idempotency ?? {};
    const requestId = uuidOf(organisation, sub, key, fingerprint);
    const body = { requestId, organisation, person };
    const { id } = await this.people.post<{ id: string }>('/people/internal/registrations', body, context);
    return id;
  }
}
