import { catalogue, topicOf } from '@homeward/contracts';
import { type Incoming, nameOf } from './incoming';

/** Whoever follows types of events: a subscription or a reaction. */
export interface Follower {
  name: string;
  types: readonly string[];
}

/** Whether a follower wants an event: by type, by name for a major that nobody knows; a record without a type goes to all. */
export const wants = (follower: Follower, { type, invalid }: Incoming): boolean =>
  follower.types.includes(type) ||
  (invalid !== undefined && (type === '' || follower.types.some((wanted) => nameOf(wanted) === nameOf(type))));

/** For reading records: only names that somebody follows are worth a look at their data. */
export function followedBy(followers: readonly Follower[]): (type: string) => boolean {
  const names = new Set(followers.flatMap(({ types }) => types.map(nameOf)));
  return (type) => names.has(nameOf(type));
}

/** `homeward.flow.team.opened.v1` lies in the topic `homeward.flow`. */
export function topicsOf(followers: readonly Follower[]): string[] {
  const types = followers.flatMap((follower) => follower.types);
  return [...new Set(types.map((type) => topicOf(type.split('.')[1] ?? '')))].sort();
}

/** Refuses, at boot, what could only go wrong later. */
export function checkFollowers(followers: readonly Follower[]): void {
  const names = followers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`Two subscriptions or reactions are called ${twice}`);
  for (const { name, types } of followers) {
    const unknown = types.find((type) => !catalogue.has(type));
    if (unknown !== undefined) throw new Error(`${name} follows ${unknown}, which is not in the catalogue`);
  }
}
