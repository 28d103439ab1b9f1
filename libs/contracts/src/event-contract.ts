import type { TSchema } from '@sinclair/typebox';
import type { RelationshipKind } from './relationship-kinds';

/**
 * An event opens or ends somebody's right to see a person. `organisation` is an ODS code, or `person/<uuid>` for the
 * person's own token and for family; `holder` narrows it to `team/<uuid>`, `practitioner/<uuid>` or `person/<uuid>`.
 */
export interface RelationshipChange {
  change: 'open' | 'end';
  personId: string;
  organisation: string;
  holder: string | null;
  kind: RelationshipKind;
  /** What it is about; the event's own subject unless it ends or opens somebody else's. */
  subject?: string;
  /** When it opens or ends, an instant. */
  at: string;
  /** For an opening whose end is known already. */
  until?: string;
}

/** What a relationship rule may look at: the event as it was appended. */
export interface RelationshipSource<D> {
  data: D;
  personId: string;
  occurredAt: string;
}

/** The promise that a service makes about one type of event. The schemas of all of them are the catalogue. */
export interface EventContract<D = unknown> {
  /** `homeward.<service>.<aggregate>.<past-tense>.v<major>` */
  type: string;
  minor: number;
  title: string;
  description: string;
  /** Whose order the event keeps: it is published on exactly one stream. */
  stream: 'person' | 'team' | 'organisation';
  /** Of `data`. Closed: a producer may send no field that is not in it. */
  schema: TSchema;
  example: D;
  relationships?(source: RelationshipSource<D>): RelationshipChange[];
}

/** What a publication returns. Id, time and sequence are drawn when it is appended. */
export interface NewEvent {
  /** UUIDv7. Only where a later fact has to name this event, to correct it; else drawn when it is appended. */
  id?: string;
  type: string;
  /** `person/<uuid>`, `team/<uuid>` or `organisation/<ods>` */
  stream: string;
  /** `<aggregate>/<uuid>` */
  subject: string;
  personId?: string;
  /** When it happened; may lie in the past. An instant, or a day (`2026-11-25`) where only the day is known. */
  occurredAt: string;
  data: unknown;
  /** Id of the event that this one corrects. */
  corrects?: string;
}

/** Binds data to its contract, so that the compiler checks one against the other. */
export function newEvent<D>(
  contract: EventContract<D>,
  event: Omit<NewEvent, 'type' | 'data'> & { data: D },
): NewEvent {
  return { ...event, type: contract.type };
}
