/**
 * Somebody to be, on a local machine. The client id is the persona's name, the client secret is `<name>-dev-secret`.
 * The organisations' codes are made up.
 */
export interface Persona {
  /** Who they are, in words. */
  title: string;
  sub: string;
  organisation: string;
  roles: string[];
}

export const ORGANISATIONS = {
  generalPractice: 'A99001',
  trust: 'RZ1',
  secondTrust: 'RZ2',
  integratedCareBoard: 'QZ1',
} as const;

const { generalPractice, trust, secondTrust, integratedCareBoard } = ORGANISATIONS;

export const PERSONAS = {
  gp: {
    title: 'a general practitioner, who refers',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000001',
    organisation: generalPractice,
    roles: ['referrer'],
  },
  intake: {
    title: 'the single point of access of the trust, which receives and screens referrals',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000002',
    organisation: trust,
    roles: ['intake', 'triage-clinician', 'referrer'],
  },
  'community-lead': {
    title: 'the lead of the community learning disability team',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000003',
    organisation: trust,
    roles: ['team-lead', 'coordinator'],
  },
  'community-nurse': {
    title: 'a nurse of the community learning disability team, who co-ordinates',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000004',
    organisation: trust,
    roles: ['coordinator'],
  },
  'intensive-lead': {
    title: 'the lead of the intensive support team',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000005',
    organisation: trust,
    roles: ['team-lead', 'coordinator'],
  },
  'intensive-nurse': {
    title: 'a nurse of the intensive support team, who co-ordinates',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000006',
    organisation: trust,
    roles: ['coordinator'],
  },
  manager: {
    title: 'the manager of the trust’s community services, who keeps teams and their people',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000007',
    organisation: trust,
    roles: ['manager', 'team-lead'],
  },
  'second-trust-lead': {
    title: 'the lead of a team in another trust',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000008',
    organisation: secondTrust,
    roles: ['manager', 'team-lead', 'intake'],
  },
  commissioner: {
    title: 'a commissioner of the integrated care board',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000009',
    organisation: integratedCareBoard,
    roles: ['commissioner'],
  },
  privacy: {
    title: 'the privacy officer of the trust',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000010',
    organisation: trust,
    roles: ['privacy'],
  },
  operations: {
    title: 'who keeps the system running',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000011',
    organisation: trust,
    roles: ['operations'],
  },
  person: {
    title: 'a person about themselves: ask with person=<their id>',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000012',
    organisation: 'person/0a3c1d52-5b0e-4f0e-8a51-000000000012',
    roles: ['person'],
  },
} satisfies Record<string, Persona>;

export type PersonaName = keyof typeof PERSONAS;

export const isPersona = (name: string): name is PersonaName => Object.hasOwn(PERSONAS, name);

export const secretOf = (name: PersonaName): string => `${name}-dev-secret`;

/** Services that call another service's `…/internal/**`, each with a key of its own; `sub` is fixed. */
export const SERVICE_CLIENTS: Record<string, string> = {
  people: '0a3c1d52-5b0e-4f0e-8a51-000000000101',
  referrals: '0a3c1d52-5b0e-4f0e-8a51-000000000102',
  flow: '0a3c1d52-5b0e-4f0e-8a51-000000000103',
};

/** A system that acts for an organisation, with a key of its own: RSA for RS512, RS384 or PS256, EC for ES384. */
export interface SystemClient extends Persona {
  key: 'RSA' | 'EC';
}

export const SYSTEM_CLIENTS: Record<string, SystemClient> = {
  'clinical-system': {
    title: 'the clinical system of a general practice, which refers',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000201',
    organisation: generalPractice,
    roles: ['referrer'],
    key: 'RSA',
  },
  'integrated-care-system': {
    title: 'the system of the integrated care board',
    sub: '0a3c1d52-5b0e-4f0e-8a51-000000000202',
    organisation: integratedCareBoard,
    roles: ['commissioner'],
    key: 'EC',
  },
};
