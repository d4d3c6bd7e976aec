import { isIP } from 'net';
import type * as kplus from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { SERVICE } from './endpoint-kinds';
import {
  DNS_OPTIONS,
  HTTP_OPTIONS,
  SERVICE_OPTIONS,
  TCP_OPTIONS,
  checkEndpointOptions,
  type DnsEndpointOptions,
  type HttpEndpointOptions,
  type ServiceEndpointOptions,
  type TcpEndpointOptions,
} from './endpoint-options';
import type { FileSource } from './file-source';
import { checkAnswer, followsRedirects } from './http-answer';
import type { HttpAuth } from './http-auth';
import { checkRequest, keptRequest, mayFollow } from './http-request';
import { podOf } from './private/pod/workload-pod';
import { keepPod } from './private/pod/workload-record';
import { inBrackets, knownText, outsideHost, outsideUrl } from './private/step/outside-address';
import { serviceAddress } from './private/step/service-address';
import { endpointTarget, type Target } from './private/step/target';
import { checkHost, checkPort } from './private/values/checks';
import { checkMinAddresses } from './private/values/dns-answer';
import { requireKind } from './private/values/kind';
import { CONSTRUCT, NUMBER } from './private/values/kinds';
import { refuse, refuseWith, requireMaker } from './private/values/refuse';
import { checkUrl, checkUrlPath } from './private/values/urls';

const PLACE = { of: 'Endpoint' };

/** Something that a wait can wait for. */
export class Endpoint {
  /**
   * A Service, by its cluster name: any cdk8s-plus version's, a `KubeService`, or the `ApiObject` of one in a
   * Helm chart or Include. It is read when the endpoint is made.
   *
   * A headless Service is tried on the pods' own port, which is read from their containers where it has a name
   * there, an ExternalName Service by its external name; a Service of another namespace than the workload's is
   * named with it.
   *
   * @throws when it is no Service or has no ports yet, `port` is not one of its TCP ports, there is more than
   * one to choose from, no container behind a headless Service has the port that it names, or `httpPath` does
   * not begin with `/`, cannot stand in a URL or is given beside `appProtocol`
   */
  public static service(
    service: IConstruct,
    options: ServiceEndpointOptions = {},
  ): Endpoint {
    requireKind(PLACE, 'service', SERVICE, service);
    options = checkEndpointOptions(PLACE, options, SERVICE_OPTIONS);
    if (options.port !== undefined) checkPort(PLACE, 'port', options.port);
    const {
      host, namespace, port, isClusterIP,
    } = serviceAddress(service, options.port);
    const path = options.httpPath;
    if (path !== undefined) checkUrlPath(PLACE, 'httpPath', path);
    if (path !== undefined && options.appProtocol !== undefined) {
      refuseWith(PLACE, 'appProtocol', {
        must: 'be left out beside `httpPath`, which asks in http',
        got: options.appProtocol,
        remedy: 'make two endpoints of it',
      });
    }
    const url = (name: string) => (
      path === undefined
        ? tcpAddress(name, port, options)
        : `http://${name}:${port}${path}`
    );
    const qualified = namespace === undefined ? host : `${host}.${namespace}`;
    return new Endpoint(url(qualified), {
      address: from => url(from === namespace ? host : qualified),
      host: qualified,
      port,
      hasOneAddress: isClusterIP,
      construct: service,
    });
  }

  /**
   * A TCP port that accepts connections, or answers in the protocol of its server.
   *
   * Without `appProtocol` a connection must be held for 0.1 s, or something be said on it: a proxy without a
   * server behind it closes it at once. That a server behind a proxy swallows everything cannot be told so.
   *
   * Of a name with several addresses one that is up is enough.
   *
   * @param host a name or an IP address
   * @param port from 1 to 65535
   * @throws when `host` is a URL, holds a port or begins with `-`, or `port` is out of range
   */
  public static tcp(
    host: string,
    port: number,
    options: TcpEndpointOptions = {},
  ): Endpoint {
    checkHost(PLACE, 'host', host, { remedy: 'give the port as the second argument' });
    requireKind(PLACE, 'port', NUMBER, port);
    checkPort(PLACE, 'port', port);
    options = checkEndpointOptions(PLACE, options, TCP_OPTIONS);
    const address = tcpAddress(inBrackets(host), port, options);
    return new Endpoint(address, { host, port, hasOneAddress: isIP(host) !== 0, address: () => address });
  }

  /**
   * As `tcp`, with a host and a port from a Secret, a ConfigMap or a field of the pod, e.g. of an operator.
   *
   * The pod reads them when the step starts. One that is empty, or is no host or port, ends the step at once (exit 2),
   * which says which of them it is. The log has them as they are: `tcp://host:port`. The start-up graph takes it for
   * a name from outside.
   *
   * @param host a name or an IP address
   * @param port from 1 to 65535
   * @throws when one comes from elsewhere; as `tcp` for those that are known at synth
   */
  public static tcpFrom(
    host: kplus.EnvValue,
    port: kplus.EnvValue,
    options: TcpEndpointOptions = {},
  ): Endpoint {
    options = checkEndpointOptions(PLACE, options, TCP_OPTIONS);
    const target = outsideHost(PLACE, { host, port }, options.appProtocol);
    const [name, number] = [knownText(host), knownText(port)];
    if (name !== undefined && number !== undefined) return Endpoint.tcp(name, Number(number), options);
    return new Endpoint(target.address(), target, {}, { host, port });
  }

  /**
   * A URL from a Secret or ConfigMap, of whose scheme it depends what is expected.
   *
   * `postgres`, `postgresql`, `mysql`, `mariadb`, `redis`, `valkey`, `mongodb`, `cassandra`, `kafka` and `amqp` are
   * asked in their protocol, `tcp` must accept connections, `http` and `https` answer as `http` wants it. Of `rediss`,
   * `valkeys` and `amqps` a handshake of TLS is expected, which is verified if `caCertificate` is given; so it is of
   * others but PostgreSQL and MySQL behind `?tls=true` or `?ssl=true`. `jdbc:` may stand before it.
   *
   * Where it names several hosts, one that is up is enough. User, password, query and a database's path are neither
   * sent nor logged.
   *
   * The pod reads it when the step starts. One that is empty, of another scheme, or has a wrong host or port ends the
   * step at once (exit 2), which says what is wrong, but not what was there. The start-up graph takes it for a name
   * from outside.
   *
   * @param options for http and https; `caCertificate` for all with TLS
   * @throws when it comes from elsewhere, or is known at synth and of another scheme, holds a password, or names
   * no host, or a port that cannot be
   */
  public static urlFrom(
    url: kplus.EnvValue,
    options: HttpEndpointOptions = {},
  ): Endpoint {
    options = checkEndpointOptions(PLACE, options, HTTP_OPTIONS);
    const target = outsideUrl(PLACE, url);
    checkRequest(PLACE, knownText(url) ?? '', options);
    checkAnswer(PLACE, options);
    checkIsHttp(knownText(url) ?? 'http:', options);
    return new Endpoint(target.address(), target, keptRequest(options), { url });
  }

  /**
   * A URL that answers. https is verified. The body is looked at for `bodyContains` only.
   *
   * @param url an http or https URL without credentials
   * @throws when `url` is no URL, of another scheme, names no host or a port out of range, or holds credentials or a
   * fragment; when `statusCodes` is empty or one is not between 100 and 599; when certificates are given for plain
   * http; when headers or `bodyContains` cannot be as they are written
   */
  public static http(url: string, options: HttpEndpointOptions = {}): Endpoint {
    checkUrl(PLACE, 'url', url);
    options = checkEndpointOptions(PLACE, options, HTTP_OPTIONS);
    checkRequest(PLACE, url, options);
    checkAnswer(PLACE, options);
    return new Endpoint(url, { address: () => url, ...whereabouts(url) }, keptRequest(options));
  }

  /**
   * A name that resolves, with the pod's search list.
   *
   * The name of a Service is there as soon as the Service is, ready or not. That of a headless Service is there when
   * one of its pods is ready, or with `publishNotReadyAddresses` when one has an address. That a server answers it
   * does not say: prefer `service` or `tcp`.
   *
   * @param name a host name
   * @throws when `name` is a URL or an address, holds a port or begins with `-`, or `minAddresses` is no whole number
   * from 1 to 47, or more than 1 for `localhost`
   */
  public static dns(name: string, options: DnsEndpointOptions = {}): Endpoint {
    checkHost(PLACE, 'name', name, { must: 'be a host name', remedy: 'use Endpoint.tcp to wait for a port' });
    if (isIP(name)) {
      refuseWith(PLACE, 'name', {
        must: 'be a name, which an address need not be looked up for',
        got: name,
        remedy: 'use Endpoint.tcp',
      });
    }
    options = checkEndpointOptions(PLACE, options, DNS_OPTIONS);
    const { minAddresses } = options;
    if (minAddresses !== undefined) checkMinAddresses(PLACE, minAddresses, name);
    return new Endpoint(`dns:${name}`, { host: name, minAddresses, address: () => `dns:${name}` }, options);
  }

  /**
   * As it appears in the step's log, e.g. `tcp://db.data:5432`; but in the log a Service of the workload's own
   * namespace is `tcp://db:5432`, and what only the pod knows is what it is there.
   */
  public readonly description: string;

  /**
   * Whether the host has one address only: it is one, or it is a Service that is not headless. A wait tries
   * the addresses of any other in turn.
   */
  public readonly hasOneAddress: boolean;

  /**
   * The values that only the pod knows: `host` and `port` of `tcpFrom`, `url` of `urlFrom`; of others there are none.
   */
  public readonly addressValues: { [part: string]: kplus.EnvValue };

  /** Statuses that count as up, if others than 200 to 299 do. */
  public readonly statusCodes?: number[];

  /** Whether redirects are followed. */
  public readonly followRedirects: boolean;

  /** Certificates to trust, if others than those of the image are. */
  public readonly caCertificate?: FileSource;

  /** Headers of the request. */
  public readonly headers?: { [name: string]: string };

  /** Variables of the headers. */
  public readonly variables?: { [name: string]: kplus.EnvValue };

  /** Who asks. */
  public readonly auth?: HttpAuth;

  /** What the body must contain. */
  public readonly bodyContains?: string;

  /** How many addresses a name must have. */
  public readonly minAddresses: number;

  private constructor(
    description: string,
    target: Target,
    private readonly options: HttpEndpointOptions & DnsEndpointOptions = {},
    addressValues: { [part: string]: kplus.EnvValue } = {},
  ) {
    requireMaker('Endpoint', target, 'write Endpoint.service, .tcp, .tcpFrom, .urlFrom, .http or .dns');
    this.description = description;
    this.addressValues = Object.freeze({ ...addressValues });
    this.hasOneAddress = target.hasOneAddress ?? false;
    this.statusCodes = options.statusCodes && Object.freeze(options.statusCodes) as number[];
    this.followRedirects = followsRedirects(options) && mayFollow(options);
    this.caCertificate = options.caCertificate;
    this.headers = options.headers && Object.freeze({ ...options.headers });
    this.variables = options.variables && Object.freeze({ ...options.variables });
    this.auth = options.auth;
    this.bodyContains = options.bodyContains;
    this.minAddresses = options.minAddresses ?? 1;
    endpointTarget.set(this, target);
  }

  /**
   * The address as a program in a pod is told it: `tcp://host:port`, `http://…`, `https://…`, `dns:name`, or with the
   * protocol as its scheme, e.g. `postgres://host:port`. A Service of the pod's own namespace is named without it.
   * Where only the pod knows it, the description: the program must be told `addressValues`.
   *
   * @param scope the workload or a construct below it; any other gives what a pod of no known namespace would use
   */
  public addressFrom(scope: IConstruct): string {
    requireKind(PLACE, 'scope', CONSTRUCT, scope);
    const pod = podOf(scope);
    return endpointTarget.required(this).address(pod && keepPod(pod).namespace);
  }

  /**
   * The same endpoint, at which something answers that this program does not make: pods of another release, a
   * sidecar of the pod itself, an address that somebody adds to the Service by hand.
   *
   * The start-up graph takes it for a name from outside: it draws it as one, and refuses and finds nothing
   * there. At run time it is tried like any other.
   */
  public answeredByOthers(): Endpoint {
    return new Endpoint(
      this.description,
      { ...endpointTarget.required(this), answeredByOthers: true },
      this.options,
      this.addressValues,
    );
  }
}

/** A database says nothing in which a text could be looked for. */
function checkIsHttp(url: string, { bodyContains }: HttpEndpointOptions): void {
  if (bodyContains === undefined || /^https?:/i.test(url)) return;
  refuse(PLACE, 'bodyContains', 'be left out for a URL that is not of http or https', bodyContains);
}

/** What is expected stands in the scheme. */
function tcpAddress(
  host: string,
  port: number,
  { appProtocol = 'tcp' }: { appProtocol?: string },
): string {
  return `${appProtocol}://${host}:${port}`;
}

/** The host and port of a URL, which may be a token as a whole. */
function whereabouts(url: string): { host: string; port: number } {
  const [, scheme = 'http', host = url, port] =
    /^(https?):\/\/(\[[^\]]*\]|[^/:?]*)(?::(\d+))?/.exec(url) ?? [];
  return { host, port: port === undefined ? { http: 80, https: 443 }[scheme]! : Number(port) };
}
