import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { closedLoop } from '../closed-loop';
import { offer } from '../worker';
import type { Calls } from './running-system';

/** Who sends referrals and accepts them, over HTTP to the service, on connections that stay open. */
let calls: Calls;
let agent: Agent;
let people: string[] = [];

interface Answer {
  status: number;
  etag?: string;
  body: string;
}

function post(path: string, token: string, body: object, ifMatch?: string): Promise<Answer> {
  const payload = JSON.stringify(body);
  const headers: Record<string, string | number> = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
    'idempotency-key': randomUUID(),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(calls.referrals + path, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, etag: response.headers.etag, body: text }));
    });
    sent.on('error', reject).end(payload);
  });
}

async function expected(status: number, answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  if (given.status !== status) throw new Error(`${given.status} ${given.body}`);
  return given;
}

const refer = (personId: string) =>
  post('/referrals', calls.gp, {
    ...{ personId, intakeTeamId: calls.intakeTeam, sourceCode: 'A1', primaryReasonCode: '26', priority: 'soon' },
    ...{ consent: 'given', immediateRisk: false, reason: 'Made up.' },
  });

async function accept({ etag, body }: Answer): Promise<void> {
  const { id } = JSON.parse(body) as { id: string };
  const decision = { teamId: calls.communityTeam, coordinatorId: calls.coordinator, priority: 'soon' };
  await expected(200, post(`/referrals/${id}/accept`, calls.intake, decision, etag));
}

/** The next whom nobody has referred yet. */
function nextPerson(): string {
  const person = people.pop();
  if (person === undefined) throw new Error('The bench has too few people.');
  return person;
}

offer({
  /** Resolves when the teams are known to referrals. */
  open: async (input: { calls: Calls; people: string[] }) => {
    ({ calls, people } = input);
    agent = new Agent({ keepAlive: true, maxSockets: Infinity });
    for (let tries = 0; ; tries += 1) {
      const answer = await refer(nextPerson());
      if (answer.status === 201) return accept(answer);
      if (tries > 100) throw new Error(`${answer.status} ${answer.body}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  },
  meet: (more: string[]) => void people.push(...more),
  /** So many a second whatever the answers take; answers how many were sent. */
  steady: async ({ perSecond, seconds }: { perSecond: number; seconds: number }) => {
    const begin = performance.now();
    const answers: Promise<unknown>[] = [];
    for (let sent = 0; sent < perSecond * seconds; sent += 1) {
      const wait = begin + (sent * 1_000) / perSecond - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      answers.push(expected(201, refer(nextPerson())));
    }
    await Promise.all(answers);
    return answers.length;
  },
  /** Each client refers somebody, then the referral is accepted: two commands. Answers how many were done. */
  closed: async ({ clients, seconds }: { clients: number; seconds: number }) => {
    let commands = 0;
    await closedLoop(clients, seconds, async () => {
      const referral = await expected(201, refer(nextPerson()));
      commands += 1;
      await accept(referral);
      commands += 1;
    });
    return commands;
  },
});
