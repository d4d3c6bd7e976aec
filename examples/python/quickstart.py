from cdk8s import App, Chart, Size
from cdk8s_init_containers import Endpoint, FileSource, GenerateConfig, SharedDirectory, WaitForService
import cdk8s_plus_28 as kplus

app = App()
chart = Chart(app, "quickstart")


def deployment(name, image, command=None):
    """Small, and not root: left alone, cdk8s-plus asks for a whole CPU."""
    container = kplus.ContainerProps(
        image=image,
        command=command,
        port_number=8080,
        image_pull_policy=kplus.ImagePullPolicy.IF_NOT_PRESENT,
        resources=kplus.ContainerResources(
            cpu=kplus.CpuResources(request=kplus.Cpu.millis(10)),
            memory=kplus.MemoryResources(limit=Size.mebibytes(64)),
        ),
        security_context=kplus.ContainerSecurityContextProps(
            user=101,
            group=101,
            capabilities=kplus.ContainerSecutiryContextCapabilities(drop=[kplus.Capability.ALL]),
            seccomp_profile=kplus.SeccompProfile(type=kplus.SeccompProfileType.RUNTIME_DEFAULT),
        ),
    )
    return kplus.Deployment(chart, name, metadata={"name": name}, replicas=1, containers=[container])


hello = 'sleep 10; echo "Hello from $HOSTNAME" >/www/index.html; trap exit TERM; httpd -f -p 8080 -h /www & wait'
api = deployment("api", "busybox:1.37.0", ["sh", "-c", hello])
SharedDirectory(api, "www").mount_at("/www", read_only=False)
service = api.expose_via_service(name="api")

NGINX_CONF = """pid /var/cache/nginx/pid;
events {}
http {
  server {
    listen 8080;
    location / { proxy_pass http://${API}; proxy_set_header Host $host; }
  }
}
"""
web = deployment("web", "nginx:1.27")
SharedDirectory(web, "cache").mount_at("/var/cache/nginx", read_only=False)
WaitForService(web, "wait-for-api", endpoints=[Endpoint.service(service)])
GenerateConfig(
    web,
    "nginx-conf",
    template=FileSource.inline(NGINX_CONF),
    variables={"API": kplus.EnvValue.from_value(f"{service.name}:{service.port}")},
    path="/etc/nginx/nginx.conf",
)
app.synth()
