export * from './catalogue';
export * from './envelope';
export * from './event-contract';
export * from './flow';
export * from './partition';
export * from './people';
export * from './referrals';
export * from './validator';
