import { applicableDay, reviewPeriod, reviewRoute, type Power } from './part-8a';

describe('the route of a review by law', () => {
  it.each([
    [{ age: 17, hasEhcp: false }, '125A', 'a child (MHA-01)'],
    [{ age: 18, hasEhcp: false }, '125B', 'an adult (MHA-02)'],
    [{ age: 18, hasEhcp: true }, '125A', 'an adult with the plan (MHA-01)'],
  ])('%j goes by %s: %s', (person, route) => expect(reviewRoute(person)).toBe(route));
});

describe('the applicable day', () => {
  const second: Power = { section: '2', from: '2027-02-01' };
  const third: Power = { section: '3', from: '2027-03-01' };
  const emergency: Power = { section: '4', from: '2027-01-30', secondRecommendationOn: null };

  it.each<[string, Power[], string | null, string | null]>([
    ['nobody has formed the view yet (MHA-08)', [second], null, null],
    ['the view was there before (MHA-08)', [second], '2027-01-01', '2027-02-01'],
    ['the view came later (MHA-08)', [second], '2027-02-02', '2027-02-02'],
    ['the second recommendation is not there yet (MHA-01)', [emergency], '2027-01-01', null],
    ['an emergency application was followed by another (MHA-08)', [emergency, second], '2027-01-01', '2027-02-01'],
    [
      'the view is formed after the second recommendation (MHA-08)',
      [{ ...emergency, secondRecommendationOn: '2027-01-31' }],
      '2027-02-05',
      '2027-02-05',
    ],
    [
      'a place of safety came first (MHA-01)',
      [{ section: '136', from: '2027-01-31' }, second],
      '2027-01-01',
      '2027-02-01',
    ],
    [
      'a nurse held the person first (MHA-01)',
      [{ section: '5(4)', from: '2027-01-31' }, second],
      '2027-01-01',
      '2027-02-01',
    ],
    ['a change of section does not start it again (MHA-13)', [second, third], '2027-01-01', '2027-02-01'],
    ['nobody is detained', [], '2027-01-01', null],
  ])('where %s', (_, powers, viewFormedOn, day) => {
    expect(applicableDay(powers, viewFormedOn)).toBe(day);
  });
});

describe('the twelve months of further meetings (MHA-07)', () => {
  it('follow each other without a gap or an overlap, also from a leap day', () => {
    for (const first of ['2027-01-01', '2028-02-29', '2027-12-31']) {
      let { until } = reviewPeriod(first, first);
      for (let number = 2; number <= 9; number += 1) {
        const dayAfter = new Date(Date.parse(until) + 86_400_000).toISOString().slice(0, 10);
        const next = reviewPeriod(first, dayAfter);
        expect(next).toMatchObject({ number, from: dayAfter });
        expect(reviewPeriod(first, until).number).toBe(number - 1);
        ({ until } = next);
      }
    }
  });

  it('begin with the first meeting', () => {
    expect(() => reviewPeriod('2027-01-08', '2027-01-07')).toThrow(/before the first meeting/);
  });
});
