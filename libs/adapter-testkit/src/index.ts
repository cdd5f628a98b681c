export * from './harness.ts';
export { type Answerer, RecordingInlet } from './inlet.ts';
export { makeContext } from './context.ts';
export { makeKit } from './kit.ts';
export { type Case, type Declared, type Facet, type Rule, type Stage, declaredBy } from './case.ts';
export { CASES } from './cases/all.ts';
export { type Start, declarationsOf, runCase } from './run-case.ts';
export type { Suite } from './suite.ts';
export { type Described, type Runner, describeChatAdapter } from './describe-chat-adapter.ts';
export { type Conformance, type Finding, conformanceOf } from './conformance.ts';
export { tableOf } from './conformance-table.ts';
export type { Mutant } from './mutants/mutant.ts';
export { MUTANTS } from './mutants/mutants.ts';
export { planted } from './mutants/planted.ts';
export { watchfulnessOf } from './mutants/watchfulness.ts';
export { command } from './command/command.ts';
export type { Program } from './command/program.ts';
export { Misunderstood } from './command/misunderstood.ts';
export { fakePlugin } from './fake/fake-adapter.ts';
export { type FakeHarnessOptions, startFake } from './fake/fake-harness.ts';
export { FAKE_SUITES } from './fake/fake-suites.ts';
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
