import { decode, encode, InvalidEvent, type EventEnvelope } from './envelope';
import { murmur2, partitionOf } from './partition';

const event: EventEnvelope = {
  id: '0199b6a0-0000-7000-8000-000000000001',
  source: '/homeward/people',
  type: 'homeward.people.person.registered.v1',
  subject: 'person/6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11',
  time: '2026-11-24T10:00:00.000001Z',
  occurredat: '2026-11-20T00:00:00.000000Z',
  partitionkey: 'person/6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11',
  sequence: 7n,
  dataschema: 'https://homeward.example/schemas/homeward.people.person.registered.v1/0.json',
  correlationid: '0199b6a0-0000-7000-8000-000000000002',
  actorrole: 'intake',
  personid: '6f1c2c0e-52b6-4a9e-9a63-5b1f0c0f8a11',
  data: { provisional: false },
};

describe('the envelope', () => {
  it('comes back as it was sent, in binary mode', () => {
    expect(decode(encode(event))).toEqual(event);
    expect(encode(event).headers['ce_sequence']).toBe('00000000000000000007');
  });

  it('says the day alone where no more is known', () => {
    const onADay = { ...event, occurredat: '2026-11-20' };
    expect(decode(encode(onADay))).toEqual(onADay);
    const { headers, value } = encode({ ...event, occurredat: 'in autumn' });
    expect(() => decode({ headers, value })).toThrow(InvalidEvent);
  });

  it('reads structured mode too', () => {
    const { data, sequence, ...rest } = event;
    const value = JSON.stringify({ specversion: '1.0', ...rest, sequence: String(sequence).padStart(20, '0'), data });
    expect(decode({ headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' }, value })).toEqual(
      event,
    );
  });

  it.each(['ce_specversion', 'ce_id', 'ce_time', 'ce_sequence', 'ce_partitionkey'])('is invalid without %s', (name) => {
    const { headers, value } = encode(event);
    delete headers[name];
    expect(() => decode({ headers, value })).toThrow(InvalidEvent);
  });

  it('refuses what is not JSON, and more than 64 kB', () => {
    expect(() => decode({ ...encode(event), value: '{' })).toThrow(InvalidEvent);
    expect(() => encode({ ...event, data: { text: 'x'.repeat(65_536) } })).toThrow(/65/);
  });
});

describe('a partition', () => {
  // Reference values of Kafka's own murmur2 (org.apache.kafka.common.utils.UtilsTest).
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ])('hashes %s as Kafka does', (text, hash) => {
    expect(murmur2(Buffer.from(text)) | 0).toBe(hash);
  });

  it('is one of sixteen', () => {
    expect(partitionOf(event.partitionkey)).toBeGreaterThanOrEqual(0);
    expect(partitionOf(event.partitionkey)).toBeLessThan(16);
  });
});
