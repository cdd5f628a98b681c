export * from './names.ts';
export * from './content.ts';
export * from './capabilities.ts';
export * from './inbound.ts';
export * from './outcomes.ts';
export * from './facets.ts';
export * from './adapter.ts';
