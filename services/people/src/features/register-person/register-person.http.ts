import { Context, Creation } from '@homeward/http';
import { uuidv4, uuidv7 } from '@homeward/kernel';
import type { CommandContext, Outcome } from '@homeward/persistence';
import { Body, Controller, Post } from '@nestjs/common';
import { DETAILS_EXAMPLE, PersonDetailsBody, toDetails } from '../../adapters/person-details.dto';
import { RegisterPerson } from './register-person';

@Controller('people')
export class RegisterPersonController {
  constructor(private readonly handler: RegisterPerson) {}

  @Creation({
    action: 'register-person',
    summary: 'Register a person',
    description:
      'Answers the person’s id, in the same way whether the person was known or not. Registering somebody gives no right to see more of them than you send.',
    may: ['referrer', 'intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager'],
    body: PersonDetailsBody,
    example: DETAILS_EXAMPLE,
    answers: {
      id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
      links: { self: '/people/5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b' },
    },
  })
  @Post()
  register(@Context() context: CommandContext, @Body() body: PersonDetailsBody): Promise<Outcome> {
    return this.handler.register(context, {
      requestId: context.idempotency?.key ?? uuidv7(),
      registrationId: uuidv7(),
      newPersonId: uuidv4(),
      organisation: context.principal.organisation,
      details: toDetails(body),
    });
  }
}
