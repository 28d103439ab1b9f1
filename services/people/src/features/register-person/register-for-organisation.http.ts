import { Context, Creation } from '@homeward/http';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsUUID, Matches, ValidateNested } from 'class-validator';
import { PeopleKeys } from '../../adapters/people-keys';
import { DETAILS_EXAMPLE, PersonDetailsBody, toDetails } from '../../adapters/person-details.dto';
import { RegisterPerson } from './register-person';

export class RegisterForOrganisationBody {
  @ApiProperty({ format: 'uuid', description: 'Names the request: sent again, it is the same registration.' })
  @IsUUID()
  requestId!: string;

  @ApiProperty({ description: 'Who gave this: an ODS code, or person/<uuid> for the person or their family.' })
  @Matches(/^([A-Z0-9]{1,12}|person\/[0-9a-f-]{36})$/, { message: 'organisation must be an ODS code or person/<uuid>' })
  organisation!: string;

  @ApiProperty({ type: PersonDetailsBody })
  @IsObject()
  @ValidateNested()
  @Type(() => PersonDetailsBody)
  person!: PersonDetailsBody;
}

/** A referral needs no person id: the person is registered behind it, for whoever refers (DEC-33). */
@Controller('people/internal/registrations')
export class RegisterForOrganisationController {
  constructor(
    private readonly handler: RegisterPerson,
    private readonly keys: PeopleKeys,
  ) {}

  @Creation({
    action: 'register-person-for-organisation',
    summary: 'Register a person for somebody else’s organisation',
    may: ['service'],
    keyless: true,
    body: RegisterForOrganisationBody,
    example: { requestId: '0199b6a0-0000-7000-8000-000000000001', organisation: 'A99001', person: DETAILS_EXAMPLE },
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post()
  async register(@Context() context: CommandContext, @Body() body: RegisterForOrganisationBody): Promise<Outcome> {
    const { requestId, organisation, person } = body;
    const idempotency = { key: requestId, fingerprint: this.keys.fingerprintOf(body) };
    const registration = { requestId, organisation, registrationId: uuidv7(), newPersonId: uuidv4() };
    return this.handler.register({ ...context, idempotency }, { ...registration, details: toDetails(person) });
  }
}
