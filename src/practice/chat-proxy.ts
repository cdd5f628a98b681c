import type { NextFunction, Request, Response } from 'express';
import { type RequestHandler, createProxyMiddleware } from 'http-proxy-middleware';
import { html } from '#src/platform/http/pages/html';
import { type Page, documentOf } from '#src/platform/http/pages/layout';

const GONE: Page = {
  title: 'Practice',
  body: html`<h1>The pretend chat does not answer</h1><p>It may have ended. <a href="/practice" target="_top">Go to your practice</a></p>`,
};

/**
 * Shows a pretend chat's page under our own address, so that the page that frames it and the page itself are one origin.
 * Our own cookie stays here: a pretend chat has no use for it.
 */
export class ChatProxy {
  private readonly byPort = new Map<number, RequestHandler>();

  async pass(request: Request, response: Response, next: NextFunction, prefix: string, port: number): Promise<void> {
    request.url = request.originalUrl.slice(prefix.length) || '/';
    if (!request.url.startsWith('/')) request.url = `/${request.url}`;
    await this.handlerFor(port)(request, response, next);
  }

  private handlerFor(port: number): RequestHandler {
    const known = this.byPort.get(port);
    if (known) return known;
    const handler = createProxyMiddleware({
      target: `http://127.0.0.1:${port}`,
      changeOrigin: true,
      on: {
        proxyReq: (outgoing) => {
          outgoing.removeHeader('cookie');
          outgoing.removeHeader('authorization');
        },
        proxyRes: (incoming) => {
          delete incoming.headers['content-security-policy'];
          delete incoming.headers['x-frame-options'];
        },
        error: (_error, _request, response) => {
          if ('writeHead' in response && !response.headersSent) response.writeHead(502, { 'Content-Type': 'text/html; charset=utf-8' });
          response.end(documentOf(GONE));
        },
      },
    });
    this.byPort.set(port, handler);
    return handler;
  }
}
