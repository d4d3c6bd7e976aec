/**
 * What a server says when it is ready.
 *
 * It is asked in its own protocol, in the shell image, without credentials: a refusal to let us in is an answer, "still
 * starting" is not. What each check promises, and what it costs the server:
 * https://github.com/cdk8s-init-containers/cdk8s-init-containers/blob/main/docs/protocols.md
 */
export enum AppProtocol {
  /**
   * PostgreSQL: a request for a password is up, and so is any error but "starting up", "shutting down" and "not yet
   * accepting connections".
   */
  POSTGRES = 'postgres',

  /**
   * MySQL and MariaDB: the server's greeting is up. An error packet in its place (too many connections, host blocked)
   * is not, and is shown.
   */
  MYSQL = 'mysql',

  /** Redis, Valkey, KeyDB, Dragonfly: PONG, NOAUTH and NOPERM are up. LOADING, MASTERDOWN and BUSY are not. */
  REDIS = 'redis',

  /** MongoDB: `hello` is answered by a primary or secondary, or by a router. */
  MONGODB = 'mongodb',

  /** Cassandra and ScyllaDB: OPTIONS is answered with SUPPORTED. */
  CASSANDRA = 'cassandra',

  /**
   * Kafka: ApiVersions is answered, and Metadata names a controller. A listener that wants SASL answers the first one
   * only, which is up.
   */
  KAFKA = 'kafka',

  /** RabbitMQ and other AMQP 0-9-1 brokers: Connection.Start follows the protocol header. */
  AMQP = 'amqp',
}
