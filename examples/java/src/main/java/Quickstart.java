import io.github.cdk8sinitcontainers.DownloadConfig;
import io.github.cdk8sinitcontainers.Endpoint;
import io.github.cdk8sinitcontainers.WaitForService;
import java.util.List;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.Deployment;

public class Quickstart {
    public static void main(String[] args) {
        App app = new App();
        Chart chart = new Chart(app, "quickstart");
        Deployment web = Deployment.Builder.create(chart, "web")
            .containers(List.of(ContainerProps.builder().image("my-app:1.0").build())).build();
        WaitForService.Builder.create(web, "wait-for-db")
            .endpoints(List.of(Endpoint.tcp("my-database-service", 5432)))
            .build();
        DownloadConfig.Builder.create(web, "download-config")
            .url("http://config-service/config")
            .path("/app/config/app-config.json")
            .build();
        app.synth();
    }
}
