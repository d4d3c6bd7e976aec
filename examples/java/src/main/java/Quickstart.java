import io.github.cdk8sinitcontainers.Endpoint;
import io.github.cdk8sinitcontainers.FileSource;
import io.github.cdk8sinitcontainers.GenerateConfig;
import io.github.cdk8sinitcontainers.MountAtOptions;
import io.github.cdk8sinitcontainers.SharedDirectory;
import io.github.cdk8sinitcontainers.WaitForService;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Size;
import org.cdk8s.plus28.*;

public class Quickstart {
    static final String HELLO =
        "sleep 10; echo \"Hello from $HOSTNAME\" >/www/index.html; trap exit TERM; httpd -f -p 8080 -h /www & wait";

    static final String NGINX_CONF = """
        pid /var/cache/nginx/pid;
        events {}
        http {
          server {
            listen 8080;
            location / { proxy_pass http://${API}; proxy_set_header Host $host; }
          }
        }
        """;

    /** Small, and not root: left alone, cdk8s-plus asks for a whole CPU. */
    static Deployment deployment(Chart chart, String name, ContainerProps.Builder container) {
        container.portNumber(8080)
            .imagePullPolicy(ImagePullPolicy.IF_NOT_PRESENT)
            .resources(ContainerResources.builder()
                .cpu(CpuResources.builder().request(Cpu.millis(10)).build())
                .memory(MemoryResources.builder().limit(Size.mebibytes(64)).build())
                .build())
            .securityContext(ContainerSecurityContextProps.builder()
                .user(101)
                .group(101)
                .capabilities(ContainerSecutiryContextCapabilities.builder().drop(List.of(Capability.ALL)).build())
                .seccompProfile(SeccompProfile.builder().type(SeccompProfileType.RUNTIME_DEFAULT).build())
                .build());
        return Deployment.Builder.create(chart, name)
            .metadata(ApiObjectMetadata.builder().name(name).build())
            .replicas(1)
            .containers(List.of(container.build()))
            .build();
    }

    public static void main(String[] args) {
        App app = new App();
        Chart chart = new Chart(app, "quickstart");
        MountAtOptions writable = MountAtOptions.builder().readOnly(false).build();

        Deployment api = deployment(chart, "api", ContainerProps.builder()
            .image("busybox:1.37.0")
            .command(List.of("sh", "-c", HELLO)));
        new SharedDirectory(api, "www").mountAt("/www", writable);
        Service service = api.exposeViaService(DeploymentExposeViaServiceOptions.builder().name("api").build());

        Deployment web = deployment(chart, "web", ContainerProps.builder().image("nginx:1.27"));
        new SharedDirectory(web, "cache").mountAt("/var/cache/nginx", writable);
        WaitForService.Builder.create(web, "wait-for-api")
            .endpoints(List.of(Endpoint.service(service)))
            .build();
        GenerateConfig.Builder.create(web, "nginx-conf")
            .template(FileSource.inline(NGINX_CONF))
            .variables(Map.of("API", EnvValue.fromValue(service.getName() + ":" + service.getPort())))
            .path("/etc/nginx/nginx.conf")
            .build();
        app.synth();
    }
}
