export * from './harness.ts';
export { RecordingInlet } from './inlet.ts';
export { fakePlugin } from './fake/fake-adapter.ts';
export {
  FakePlatform,
  type Acted,
  type FakePlatformOptions,
  type Place,
  type SayOptions,
  type SubmitOptions,
} from './fake/fake-platform.ts';
export type { FakeMessage, FakePerson, FakeRoom } from './fake/world.ts';
export type { FakeBody } from './fake/render.ts';
