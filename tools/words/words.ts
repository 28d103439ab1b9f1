/** Words that we do not use of people, and what we write instead (decisions, "Words"; DSR-LANG). */
const WORDS: [pattern: RegExp, instead: string][] = [
  [/\bservice[ -]users?\b/gi, 'person, people'],
  [/\bpatients?\b/gi, 'person, people'],
  [/\bplacements?\b/gi, 'home'],
  [/\bcohorts?\b/gi, 'people'],
  [/\bcaseloads?\b/gi, 'the people a team supports'],
  [/\bchallenging[ -]behaviou?rs?\b/gi, 'distressed; say what is happening'],
  [/\bstep(ped)?[ -]?(down|up)\b/gi, 'moving to more or less intensive support'],
  [/\bbeds?\b/gi, 'hospital stay'],
  [/\bnon-?complian(t|ce)\b/gi, 'said no'],
  [/\bfrequent flyers?\b/gi, 'say what is happening'],
];

export interface FoundWord {
  line: number;
  word: string;
  instead: string;
}

/** Looks also inside camelCase, kebab-case and snake_case names: `serviceUserId`, `SERVICE_USER`. */
export function findWords(text: string): FoundWord[] {
  return text.split('\n').flatMap((line, i) => {
    const spoken = line.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_]/g, ' ');
    return WORDS.flatMap(([pattern, instead]) =>
      [...spoken.matchAll(pattern)].map(([word]) => ({ line: i + 1, word, instead })),
    );
  });
}
