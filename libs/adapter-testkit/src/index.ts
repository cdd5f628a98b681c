export * from './harness.ts';
export { RecordingInlet } from './inlet.ts';
