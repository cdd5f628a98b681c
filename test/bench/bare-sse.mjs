/** The least a broadcast can cost: what is posted is written to every open stream, from memory. */
import http from 'node:http';

const open = new Set();
http
  .createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': welcome\n\n');
      open.add(response);
      request.on('close', () => open.delete(response));
      return;
    }
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { id, body: content } = JSON.parse(body);
      for (const stream of open) stream.write(`event: room\ndata: ${JSON.stringify({ id, text: content.text })}\n\n`);
      response.end('{}');
    });
  })
  .listen(Number(process.env.PORT), '127.0.0.1', () => process.send('ready'));
process.on('SIGTERM', () => process.exit(0));
