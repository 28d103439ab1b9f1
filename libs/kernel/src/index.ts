export * from './clock';
export * from './domain-error';
export * from './ids';
export * from './instant';
export * from './nhs-number';
export * from './occurrence';
export * from './ods-code';
export * from './working-days';
