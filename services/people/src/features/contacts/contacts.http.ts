import { AUTHORITIES, CONTACT_KINDS, readsAs, type Authority, type ContactKind } from '@homeward/contracts';
import { Context, Page, pageOf, Query } from '@homeward/http';
import { Database, NotFound, type RequestContext, type Row } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { CONTACT, toContact } from '../../adapters/contact.repository';
import { callerOf, mayReadContacts, meantBy, TODAY } from '../../adapters/related';

export class ContactOfPerson {
  @ApiProperty({ description: 'False: do not get in touch with them, whatever else stands here.' })
  mayBeContacted!: boolean;

  @ApiProperty({ description: 'False: do not tell them about the person.' })
  mayBeTold!: boolean;

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: CONTACT_KINDS, description: 'What they are to the person.' })
  is!: ContactKind;

  @ApiProperty({ enum: AUTHORITIES, description: 'What they act on, while it holds.' })
  authority!: Authority;

  @ApiProperty({ description: 'False once `until` has come: nobody acts on it any more.' })
  holds!: boolean;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'The first day on which it does not hold.',
  })
  until!: string | null;

  @ApiProperty({ type: String, nullable: true })
  telephone!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Anything else on how they are reached.' })
  howToReach!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The account that they sign in with.' })
  account!: string | null;

  @ApiProperty({ description: 'Whether they read the person’s record now, with this account.' })
  reads!: boolean;
}

@Controller('people')
export class ContactsController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'list-contacts',
    summary: 'Whom a person has around them, and what these act on',
    description:
      'Without those that were ended; whom nobody may contact comes first. For who supports the person, and for the person; a contact does not see the others.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person', 'privacy'],
    answer: pageOf(ContactOfPerson),
    example: {
      items: [
        {
          ...{ mayBeContacted: true, mayBeTold: true, id: '0199b6a0-0000-7000-8000-000000000060', name: 'Jo Taylor' },
          ...{ is: 'parent', authority: 'consent', holds: true, until: null, telephone: '01632 960123' },
          ...{ howToReach: null, account: null, reads: false },
        },
      ],
    },
  })
  @Get(':id/contacts')
  async list(@Context() context: RequestContext, @Param('id') id: string): Promise<Page<ContactOfPerson>> {
    const statement = {
      text: `SELECT p.person_id, ${CONTACT}, c.until IS NULL OR c.until > ${TODAY} AS holds
        FROM person p LEFT JOIN contact c ON c.means_id = p.person_id AND c.ended_at IS NULL
        WHERE ${meantBy('p', '$3')} AND ${mayReadContacts('p', context.role)}
        ORDER BY c.may_be_contacted, c.recorded_at, c.id`,
      values: [...callerOf(context.principal), id],
    };
    const rows = await this.database.read(context, statement, { subject: `contacts/${id}` });
    if (rows.length === 0) throw new NotFound('person');
    return new Page(rows.filter((row) => row['id'] !== null).map(toShown));
  }
}

function toShown(row: Row): ContactOfPerson {
  const { mayBeContacted, mayBeTold, id, name, is, authority, until, telephone, howToReach, account } = toContact(row);
  const holds = row['holds'] as boolean;
  const reads = holds && readsAs({ is, authority, mayBeTold, account }) !== null;
  return {
    ...{ mayBeContacted, mayBeTold, id, name, is, authority, holds, until },
    ...{ telephone, howToReach, account, reads },
  };
}
