import type { Row } from '@homeward/persistence';
import { ApiProperty } from '@nestjs/swagger';
import { needsOf } from './need.repository';
import { NeedFlag } from './need.dto';

/** Enough to know somebody by, beside an id in a list. */
export class PersonCard {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  givenName!: string;

  @ApiProperty()
  familyName!: string;

  @ApiProperty({ format: 'date' })
  birthDate!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Ten digits, or null where there is none.' })
  nhsNumber!: string | null;

  @ApiProperty({
    required: false,
    type: [NeedFlag],
    description:
      'How to tell them things, and what makes it possible to take part. Shown to who supports the person, and never left out for them.',
  })
  needs?: NeedFlag[];

  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'Where the id was found to mean the same person as another: that one.',
  })
  mergedInto?: string;
}

export const CARD_EXAMPLE: PersonCard = {
  id: '5f0c7a52-8f0e-4c0e-9a51-0c1d2e3f4a5b',
  givenName: 'Sam',
  familyName: 'Taylor',
  birthDate: '1994-05-17',
  nhsNumber: '9990010005',
  needs: [{ code: 'easy-read' }, { code: 'interpreter', language: 'pl' }],
};

export const CARD_COLUMNS = `p.person_id, p.given_name, p.family_name, p.birth_date::text, p.nhs_number, ${needsOf('p')}`;

/** `asked_id` is what somebody was asked for by: an id that was merged answers with whom it means. */
export const idsOf = (row: Row): { id: string; mergedInto?: string } => {
  const [asked, means] = [row['asked_id'] as string, row['person_id'] as string];
  return asked === means ? { id: asked } : { id: asked, mergedInto: means };
};

export const toCard = (row: Row): PersonCard => ({
  ...idsOf(row),
  givenName: String(row['given_name']),
  familyName: String(row['family_name']),
  birthDate: String(row['birth_date']),
  nhsNumber: row['nhs_number'] as string | null,
  ...(row['needs'] ? { needs: row['needs'] as NeedFlag[] } : {}),
});
