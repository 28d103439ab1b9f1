import { relationshipsSubscription } from '@homeward/auth';
import { openReactions, type ServiceDefinition } from '@homeward/bootstrap';
import { ParkedEvents, type ParkedStream, type Reaction } from '@homeward/messaging';
import { Misuse, table, type Command } from './command';
import { withService } from './opened';
import { serviceNamed, servicesNamed } from './services';

const PLACE = '<service> <subscription> <source> <stream>';

const list: Command = {
  name: 'parked list',
  usage: '[service …]',
  summary: 'Streams that are parked, by subscription, and why the first event of each parked.',
  async run(names) {
    const rows = [];
    for (const service of servicesNamed(names)) {
      const streams = await withParked(service, (parked) => parked.list());
      rows.push(...streams.map((stream) => ({ service: service.name, ...stream })));
    }
    console.log(table(rows, 'Nothing is parked.'));
  },
};

const show: Command = {
  name: 'parked show',
  usage: PLACE,
  summary: 'The parked events of one stream, in order: coded facts, no names.',
  async run([service, subscription, source, stream]) {
    const place = placeOf(subscription, source, stream);
    const events = await withParked(serviceNamed(service), (parked) => parked.show(place.subscription, place));
    for (const { sequence, event, reason, since } of events) {
      console.log(`${sequence}  since ${since.toISOString()}  ${reason}`);
      console.log(JSON.stringify(event, null, 2));
    }
    if (events.length === 0) console.log('Nothing is parked there.');
  },
};

const redrive: Command = {
  name: 'parked redrive',
  usage: '<service> [<subscription> <source> <stream>]',
  summary:
    'Applies parked events again, in order; those that still fail stay. All of the service when no stream is named.',
  details: 'Safe beside the running service: both take the stream’s lock first.',
  async run([name, ...place]) {
    const service = serviceNamed(name);
    const [subscription, source, stream] = place;
    const wanted = place.length > 0 ? placeOf(subscription, source, stream) : undefined;
    const { reactions, close } = await openReactions(service);
    const redriven = await withParked(service, (parked) => redriveAll(parked, wanted), reactions).finally(close);
    if (redriven.some(({ left }) => left > 0)) process.exitCode = 1;
    console.log(table(redriven, 'Nothing is parked.'));
  },
};

async function redriveAll(parked: ParkedEvents, wanted: Place | undefined) {
  const redriven = [];
  for (const { subscription, source, stream } of wanted ? [wanted] : await parked.list()) {
    const { applied, left, reason } = await parked.redrive(subscription, { source, stream });
    redriven.push({ subscription, source, stream, applied, left, reason });
  }
  return redriven;
}

export const parkedCommands: Command[] = [list, show, redrive];

type Place = Pick<ParkedStream, 'subscription' | 'source' | 'stream'>;

function placeOf(subscription?: string, source?: string, stream?: string): Place {
  if (!subscription || !source || !stream) throw new Misuse(`Say which: ${PLACE}, as \`parked list\` shows them.`);
  return { subscription, source, stream };
}

function withParked<T>(
  { name: service, projections, subscriptions: others = [], ...rest }: ServiceDefinition,
  work: (parked: ParkedEvents) => Promise<T>,
  reactions: readonly Reaction[] = [],
): Promise<T> {
  const subscriptions = [relationshipsSubscription(service), ...others, ...projections];
  return withService({ name: service, projections, ...rest }, ({ worker }) =>
    work(new ParkedEvents({ service, worker, subscriptions, reactions })),
  );
}
