import { KINDS, STANDINGS, type Kind, type Override, type RuleOnDay, type Standing } from '@homeward/policy';
import { ApiProperty } from '@nestjs/swagger';

const FIRST_DAY = { type: String, format: 'date', nullable: true, description: 'The first day; null if not known.' };
const LAST_DAY = { type: String, format: 'date', nullable: true, description: 'The last day; null until changed.' };
const KIND = {
  enum: KINDS,
  description:
    'CAL: calendar days, the day it starts from is day 0. CAL_INC: that day is day 1. WD: working days of England. HOURS: on the clock.',
};
const LENGTH = { description: 'ISO 8601, such as P14D or PT72H' };

export class BoardDecision implements Override {
  @ApiProperty({ description: 'ODS code of the integrated care board' })
  icb!: string;

  @ApiProperty()
  rule!: string;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty(LAST_DAY)
  until!: string | null;

  @ApiProperty(KIND)
  kind!: Kind;

  @ApiProperty(LENGTH)
  length!: string;

  @ApiProperty({ description: 'Where the board decided it' })
  source!: string;
}

export class PolicyRule implements RuleOnDay {
  @ApiProperty({ description: 'As in the rulebooks' })
  id!: string;

  @ApiProperty({ description: 'What it asks for, in words' })
  says!: string;

  @ApiProperty({ enum: STANDINGS })
  standing!: Standing;

  @ApiProperty({ description: 'Only law in force and national policy may be shown as one.' })
  isNationalRequirement!: boolean;

  @ApiProperty({ description: 'False for law that has not commenced.' })
  inForce!: boolean;

  @ApiProperty({ description: 'Who says so' })
  authority!: string;

  @ApiProperty({ description: 'Where it was read' })
  source!: string;

  @ApiProperty(FIRST_DAY)
  from!: string | null;

  @ApiProperty(LAST_DAY)
  until!: string | null;

  @ApiProperty(KIND)
  kind!: Kind;

  @ApiProperty(LENGTH)
  length!: string;

  @ApiProperty({ description: 'Counted back from what it comes before' })
  before!: boolean;

  @ApiProperty({ type: [BoardDecision], description: 'What boards decided for the day' })
  decided!: BoardDecision[];
}

export class RulesOnDay {
  @ApiProperty({ format: 'date' })
  on!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the file with the boards’ decisions that the service goes by; null without one.',
  })
  overridesSha256!: string | null;

  @ApiProperty({ type: [PolicyRule] })
  items!: PolicyRule[];
}

export const RULES_EXAMPLE: RulesOnDay = {
  on: '2026-11-25',
  overridesSha256: null,
  items: [
    {
      id: 'INP-04',
      says: 'Somebody sees the person within 72 hours after discharge from a mental health hospital.',
      standing: 'national-policy',
      isNationalRequirement: true,
      inForce: true,
      authority: 'NHS England',
      source: 'NHS Standard Contract, Schedule 4A; by contract for adults',
      from: null,
      until: null,
      kind: 'HOURS',
      length: 'PT72H',
      before: false,
      decided: [],
    },
  ],
};
