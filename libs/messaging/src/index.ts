export * from './log/port';
export * from './subscription';
