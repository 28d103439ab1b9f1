import { relationshipsSubscription } from '@homeward/auth';
import { openReactions, type ServiceDefinition } from '@homeward/bootstrap';
import { ParkedEvents, type ParkedStream, type Reaction } from '@homeward/messaging';
import { Misuse, table, type Command } from './command';
import { environmentOf } from './environment';
import { withService } from './opened';
import { serviceNamed, servicesNamed } from './services';

const PLACE = '<service> <subscription> <stream>';

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
  async run([service, subscription, stream]) {
    if (!subscription || !stream) throw new Misuse(`Say which: ${PLACE}, as \`parked list\` shows them.`);
    await withParked(serviceNamed(service), async (parked) => {
      for (const place of await chosen(parked, subscription, stream)) {
        console.log(`${place.source}:`);
        for (const { sequence, event, reason, since } of await parked.show(subscription, place)) {
          console.log(`${sequence}  since ${since.toISOString()}  ${reason}\n${JSON.stringify(event, null, 2)}`);
        }
      }
    });
  },
};

const redrive: Command = {
  name: 'parked redrive',
  usage: '<service> [<subscription> [<stream>]]',
  summary: 'Applies parked events again, in order; those that still fail stay.',
  details: 'Safe beside the running service: both take the stream’s lock first.',
  async run([name, subscription, stream]) {
    const service = serviceNamed(name);
    const places = await withParked(service, (parked) => chosen(parked, subscription, stream));
    const { reactions, close } = await reactionsFor(service, places);
    const redriveAll = async (parked: ParkedEvents) => {
      const redriven = [];
      for (const { subscription: by, source, stream: of } of places) {
        redriven.push({ subscription: by, source, stream: of, ...(await parked.redrive(by, { source, stream: of })) });
      }
      return redriven;
    };
    const redriven = await withParked(service, redriveAll, reactions).finally(close);
    console.log(table(redriven, 'Nothing is parked.'));
    return redriven.every(({ left }) => left === 0);
  },
};

export const parkedCommands: Command[] = [list, show, redrive];

/** The streams that are parked, of one subscription or all, and of one name: several sources may have it. */
async function chosen(parked: ParkedEvents, subscription?: string, stream?: string): Promise<ParkedStream[]> {
  const streams = await parked.list();
  return streams.filter(
    (one) => one.subscription === (subscription ?? one.subscription) && one.stream === (stream ?? one.stream),
  );
}

/** They need the service's whole environment, so they are opened only where one of them parked something. */
async function reactionsFor(service: ServiceDefinition, places: ParkedStream[]): ReturnType<typeof openReactions> {
  const passive = subscriptionsOf(service).map(({ name }) => name);
  return places.every(({ subscription }) => passive.includes(subscription))
    ? { reactions: [], close: () => Promise.resolve() }
    : openReactions(service, environmentOf(service));
}

const subscriptionsOf = ({ name, projections, subscriptions = [] }: ServiceDefinition) => [
  relationshipsSubscription(name),
  ...subscriptions,
  ...projections,
];

function withParked<T>(
  service: ServiceDefinition,
  work: (parked: ParkedEvents) => Promise<T>,
  reactions: readonly Reaction[] = [],
): Promise<T> {
  const subscriptions = subscriptionsOf(service);
  return withService(service, ({ worker }) =>
    work(new ParkedEvents({ service: service.name, worker, subscriptions, reactions })),
  );
}
