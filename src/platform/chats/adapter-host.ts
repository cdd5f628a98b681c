import 'reflect-metadata';
import type { AdapterContext, AdapterPlugin, ChatAdapter } from '@musterhq/chat-port';
import { type DependencyContainer, type InjectionToken, container } from 'tsyringe';

const CONTEXT: InjectionToken<AdapterContext> = Symbol('AdapterContext');
const ADAPTER: InjectionToken<Promise<ChatAdapter>> = Symbol('ChatAdapter');

/**
 * One container a process, a child for each instance. Tokens and factories only: injection by type throws when a plugin
 * was bundled, and a plugin must need neither this container nor Nest; it gets its `AdapterContext` and nothing else.
 */
export class AdapterHost {
  private readonly root: DependencyContainer = container.createChildContainer();

  async create(plugin: AdapterPlugin, context: AdapterContext): Promise<ChatAdapter> {
    const child = this.root.createChildContainer();
    child.registerInstance(CONTEXT, context);
    child.register(ADAPTER, { useFactory: (own) => plugin.create(own.resolve(CONTEXT)) });
    return child.resolve(ADAPTER);
  }
}
