/** A server that listens at a port by custom, and that can be asked in its own protocol. */
export interface WellKnownServer {
  readonly name: string;
  readonly port: number;
  /** What `AppProtocol` calls it, and what stands for that in an address. */
  readonly member: string;
  readonly scheme: string;
  /** How URLs call it otherwise. */
  readonly aliases?: readonly string[];
}

export const WELL_KNOWN_SERVERS: readonly WellKnownServer[] = [
  { name: 'MySQL', port: 3306, member: 'MYSQL', scheme: 'mysql', aliases: ['mariadb'] },
  { name: 'PostgreSQL', port: 5432, member: 'POSTGRES', scheme: 'postgres', aliases: ['postgresql'] },
  { name: 'RabbitMQ', port: 5672, member: 'AMQP', scheme: 'amqp' },
  { name: 'Redis', port: 6379, member: 'REDIS', scheme: 'redis', aliases: ['valkey'] },
  { name: 'Cassandra', port: 9042, member: 'CASSANDRA', scheme: 'cassandra' },
  { name: 'Kafka', port: 9092, member: 'KAFKA', scheme: 'kafka' },
  { name: 'MongoDB', port: 27017, member: 'MONGODB', scheme: 'mongodb' },
];

/** The call that makes the endpoint which a text means, without user and password: `db:5432`, `postgres://db`. */
export function endpointMeantBy(text: string): string {
  if (/^https?:/.test(text)) return `Endpoint.http('${text.replace(/\/\/.*@/s, '//')}')`;
  const [, scheme = '', host = 'db', given] =
    /^(?:jdbc:)?(?:([a-z][-+.a-z0-9]*):\/\/)?(?:.*@)?([-.\w]+)(?::(\d+))?(?:\/.*)?$/is.exec(text) ?? [];
  const server = WELL_KNOWN_SERVERS.find(each => [each.scheme, ...each.aliases ?? []].includes(scheme.toLowerCase()));
  const port = given ?? server?.port ?? (/^(tcp)?$/i.test(scheme) ? 5432 : 'port');
  const options = server ? `, { appProtocol: AppProtocol.${server.member} }` : '';
  return `Endpoint.tcp('${host}', ${port}${options})`;
}
