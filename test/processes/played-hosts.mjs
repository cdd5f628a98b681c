// Loaded before a process of Muster (--import): names out there lead to this machine, as a name service of one's own would have it. What is asked
// of PLAYED_HOSTS (with commas between) at 443 goes to 127.0.0.1 at PLAYED_AT. Certificates and names are checked as ever.
import net from 'node:net';

const hosts = new Set((process.env.PLAYED_HOSTS ?? '').split(','));
const port = Number(process.env.PLAYED_AT);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...given) {
  const target = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (typeof target === 'object' && hosts.has(target.host) && Number(target.port) === 443)
    Object.assign(target, { host: '127.0.0.1', port });
  return Reflect.apply(connect, this, given);
};
