import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** One person's browser, as far as Muster can tell, and everything in it that should not have happened. */
export class Visitor {
  readonly #complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    private readonly home: URL,
  ) {}

  static async in(browser: Browser, home: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: home, viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(25_000);
    const visitor = new Visitor(context, new URL(home));
    visitor.listen();
    return visitor;
  }

  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(path);
    return page;
  }

  /** Errors of the page, refusals by its content security policy, and requests to anywhere else. */
  complaints(except?: RegExp): readonly string[] {
    return this.#complaints.filter((complaint) => !except?.test(complaint));
  }

  private listen(): void {
    this.context.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy'))
        this.#complaints.push(`${message.text()} (${message.location().url})`);
    });
    this.context.on('weberror', (error) => this.#complaints.push(String(error.error().stack)));
    this.context.on('request', (request) => {
      const { host, protocol } = new URL(request.url());
      if (host !== this.home.host && !['data:', 'blob:', 'about:'].includes(protocol)) this.#complaints.push(`asked ${request.url()}`);
    });
  }
}
