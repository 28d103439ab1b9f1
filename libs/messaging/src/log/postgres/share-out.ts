export interface Member {
  member: string;
  topics: string[];
}

export interface Place {
  topic: string;
  partition: number;
  owner: string | null;
}

/**
 * Who reads what: each topic's partitions in equal shares among the live members that follow it. Members keep what they
 * have up to their share, so that little moves. Answers the places that change hands; empty when all is well.
 */
export function shareOut<P extends Place>(members: Member[], places: P[]): (P & { owner: string })[] {
  const changes: (P & { owner: string })[] = [];
  for (const [topic, own] of byTopic(places)) {
    const readers = members.filter(({ topics }) => topics.includes(topic)).map(({ member }) => member);
    if (readers.length === 0) continue;
    changes.push(...shareTopic(readers.sort(), own));
  }
  return changes;
}

function shareTopic<P extends Place>(readers: string[], places: P[]): (P & { owner: string })[] {
  const held = new Map<string, P[]>(readers.map((reader) => [reader, []]));
  const free: P[] = [];
  for (const place of places) (held.get(place.owner ?? '') ?? free).push(place);
  const least = Math.floor(places.length / readers.length);
  // Who holds most keeps the places left over by the division, or they would wander.
  const order = [...held].sort(([, a], [, b]) => b.length - a.length);
  const quotas = order.map(([reader], i) => ({ reader, quota: least + (i < places.length % readers.length ? 1 : 0) }));
  for (const { reader, quota } of quotas) free.push(...(held.get(reader) ?? []).splice(quota));
  return quotas.flatMap(({ reader, quota }) =>
    free.splice(0, quota - (held.get(reader)?.length ?? 0)).map((place) => ({ ...place, owner: reader })),
  );
}

function byTopic<P extends Place>(places: P[]): Map<string, P[]> {
  const topics = new Map<string, P[]>();
  for (const place of places) topics.set(place.topic, [...(topics.get(place.topic) ?? []), place]);
  return topics;
}
