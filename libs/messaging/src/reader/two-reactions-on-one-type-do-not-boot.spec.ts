import { personRegistered, teamOpened } from '@homeward/contracts';
import type { EventLog } from '../log/port';
import type { Reaction } from '../subscription';
import { ProjectionsReader } from './projections-reader';
import { ReactionsReader } from './reactions-reader';
import type { ReaderOptions } from './options';

const options = { service: 'flow', log: {} as EventLog, worker: { options: { max: 6 } } } as unknown as ReaderOptions;
const reaction = (name: string, ...types: string[]): Reaction => ({ name, types, react: () => Promise.resolve() });

describe('a reactions reader', () => {
  it('does not boot with two reactions on one type', () => {
    const two = [reaction('greet', teamOpened.type), reaction('count', personRegistered.type, teamOpened.type)];
    expect(() => new ReactionsReader(options, two)).toThrow(
      'greet and count both react to homeward.flow.team.opened.v1: one must decide',
    );
  });

  it('boots with two reactions on two types', () => {
    const two = [reaction('greet', teamOpened.type), reaction('count', personRegistered.type)];
    expect(new ReactionsReader(options, two).name).toBe('homeward.flow.reactions');
  });
});

it('nobody follows a type that is not in the catalogue, or bears the name of another', () => {
  const unknown = { name: 'a', types: ['homeward.flow.team.closed.v1'], apply: () => Promise.resolve() };
  const known = { ...unknown, types: [teamOpened.type] };
  expect(() => new ProjectionsReader(options, [unknown])).toThrow('not in the catalogue');
  expect(() => new ProjectionsReader(options, [known, known])).toThrow('Two subscriptions');
});
