import { type Fact, rangesBy } from './ranges-by-log';

const fact = (type: string, at: string, team: string | null = null): Fact => ({
  id: `${type}${at}`,
  type,
  at,
  team,
  corrects: null,
});
const opened = fact('homeward.flow.episode.opened.v1', '01', 'a');
const admitted = fact('homeward.flow.hospital-stay.began.v1', '02', 'h');
const completed = fact('homeward.flow.transfer.completed.v1', '03', 'b');
const discharged = fact('homeward.flow.hospital-stay.ended.v1', '04', 'b');
const died = fact('homeward.people.person.died.v1', '05');

describe('who is accountable by the log', () => {
  it('is the team of the last fact', () => {
    expect(rangesBy([opened, completed])).toEqual([
      { team: 'a', from: '01', until: '03' },
      { team: 'b', from: '03', until: null },
    ]);
  });

  it('is the hospital while a stay lasts, whatever the community does meanwhile (DEC-02)', () => {
    expect(rangesBy([opened, admitted, completed, discharged])).toEqual([
      { team: 'a', from: '01', until: '02' },
      { team: 'h', from: '02', until: '04' },
      { team: 'b', from: '04', until: null },
    ]);
  });

  it('is nobody after the death', () => {
    expect(rangesBy([opened, died])).toEqual([{ team: 'a', from: '01', until: '05' }]);
    expect(rangesBy([died])).toEqual([]);
  });

  it('does not count what was corrected', () => {
    expect(rangesBy([opened, died, { ...died, id: 'later', at: '06', corrects: died.id }])).toEqual([
      { team: 'a', from: '01', until: '06' },
    ]);
  });
});
