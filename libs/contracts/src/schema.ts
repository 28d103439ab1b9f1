import { Type, type TProperties } from '@sinclair/typebox';

/** An object that lets no unknown field pass when we publish; readers are tolerant (`validator.ts`). */
export const closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

export const uuid = (description: string) => Type.String({ format: 'uuid', description });
export const instant = (description: string) => Type.String({ format: 'date-time', description });
/** `2026-12-02`, in London. */
export const day = (description: string) => Type.String({ format: 'date', description });
export const odsCode = (description: string) => Type.String({ pattern: '^[A-Z0-9]{1,12}$', description });
/** An ODS code, or `person/<uuid>` where somebody acts for themselves or for their family. */
export const actingOrganisation = (description: string) =>
  Type.String({ pattern: '^([A-Z0-9]{1,12}|person/[0-9a-f-]{36})$', description });
/** The telephone number of a service, never of a person. */
export const serviceTelephone = (description: string) => Type.String({ pattern: '^\\+?[0-9 ]{3,20}$', description });
/** A code of a national or local list: never free text. */
export const code = (description: string) => Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$', description });
export const oneOf = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description });
export const orNull = <T extends ReturnType<typeof Type.String> | ReturnType<typeof closed>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** Somebody who answers for a person until a co-ordinator is named (DEC-04); `until` is never open. */
export const dutyHolder = closed({
  practitionerId: uuid('The duty holder'),
  until: instant('When this duty ends'),
});

/** Who answers within the team: exactly one of the two is not null. */
export const responsibility = {
  coordinatorId: orNull(uuid('The named care co-ordinator')),
  dutyHolder: orNull(dutyHolder),
};

/** The practitioner who answers: the co-ordinator, or the duty holder in their place. */
export function answeredBy(data: {
  coordinatorId: string | null;
  dutyHolder: { practitionerId: string } | null;
}): string {
  const id = data.coordinatorId ?? data.dutyHolder?.practitionerId;
  if (id === undefined) throw new Error('neither a co-ordinator nor a duty holder is named');
  return id;
}

const holding = closed({
  hospitalStayId: Type.Optional(uuid('The hospital stay, of a hospital team')),
  organisation: odsCode('The organisation of the team'),
  teamId: uuid('The team'),
  answeredBy: uuid('The practitioner who answered'),
});
/** A team that no longer answers, and who did in it; null where there is none. */
export const leftTeam = (description: string) => Type.Union([holding, Type.Null()], { description });
