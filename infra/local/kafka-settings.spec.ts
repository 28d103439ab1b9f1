import { kafkaSettings } from './kafka-settings';

describe('the settings of a broker of one machine', () => {
  it('send clients where they came in, or through what stands before the broker', () => {
    const own = { port: 9092, controllerPort: 9093, data: '/data' };
    expect(kafkaSettings(own)['advertised.listeners']).toBe('PLAINTEXT://127.0.0.1:9092');
    expect(kafkaSettings({ ...own, advertisedPort: 7 })['advertised.listeners']).toBe('PLAINTEXT://127.0.0.1:7');
    expect(kafkaSettings({ ...own, listenAt: '0.0.0.0' })['listeners']).toContain('PLAINTEXT://0.0.0.0:9092');
  });
});
