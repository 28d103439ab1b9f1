/** Verbs that a command is likely to have and that do not end in -ed. `--event` takes what is missing. */
const IRREGULAR: Record<string, string> = {
  begin: 'begun',
  choose: 'chosen',
  find: 'found',
  give: 'given',
  hold: 'held',
  keep: 'kept',
  leave: 'left',
  let: 'let',
  make: 'made',
  meet: 'met',
  pay: 'paid',
  put: 'put',
  refer: 'referred',
  say: 'said',
  see: 'seen',
  send: 'sent',
  set: 'set',
  speak: 'spoken',
  take: 'taken',
  tell: 'told',
  withdraw: 'withdrawn',
  write: 'written',
};

/** `accept` → `accepted`, `raise` → `raised`, `notify` → `notified`, `stop` → `stopped`. */
export function pastTense(verb: string): string {
  const irregular = IRREGULAR[verb];
  if (irregular) return irregular;
  if (verb.endsWith('e')) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  if (/^[^aeiou]*[aeiou][^aeiouwxy]$/.test(verb)) return `${verb}${verb.at(-1)}ed`;
  return `${verb}ed`;
}
