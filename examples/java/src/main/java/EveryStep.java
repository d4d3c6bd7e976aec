import io.github.cdk8sinitcontainers.DownloadConfig;
import io.github.cdk8sinitcontainers.Endpoint;
import io.github.cdk8sinitcontainers.FileSource;
import io.github.cdk8sinitcontainers.GenerateConfig;
import io.github.cdk8sinitcontainers.InitDefaults;
import io.github.cdk8sinitcontainers.InitDefaultsProps;
import io.github.cdk8sinitcontainers.InitStep;
import io.github.cdk8sinitcontainers.InitStepProps;
import io.github.cdk8sinitcontainers.OutputFile;
import io.github.cdk8sinitcontainers.WaitForService;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Duration;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.Deployment;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.ISecret;
import org.cdk8s.plus28.PodSecurityContextProps;
import org.cdk8s.plus28.Secret;
import org.cdk8s.plus28.SecretValue;
import software.constructs.Construct;

/** Every step, the company's defaults and a step of one's own: the same YAML as that of every-step.ts. */
public class EveryStep {
    static final String SCRIPT = "until orders ping; do sleep 1; done\norders migrate >/reports/migration.json\n";

    /** Waits for a database, brings its schema up to date, and shows the app a report. */
    static class MigrateSchema extends InitStep {
        MigrateSchema(Construct scope, String id, Endpoint database) {
            super(scope, id, InitStepProps.builder()
                .image("orders:2.3")
                .command(List.of("sh", "-e", "/scripts/migrate.sh"))
                .files(Map.of("/scripts/migrate.sh", FileSource.inline(SCRIPT)))
                .outputFiles(Map.of("/reports/migration.json", OutputFile.builder().path("/app/migration.json").build()))
                .waitsFor(List.of(database))
                .timeout(Duration.minutes(3))
                .build());
        }
    }

    public static void main(String[] args) {
        App app = new App();
        Chart chart = new Chart(app, "every-step");
        InitDefaults.set(chart, InitDefaultsProps.builder()
            .registry("registry.corp.example/mirror")
            .timeout(Duration.minutes(2))
            .build());

        Deployment orders = Deployment.Builder.create(chart, "orders")
            .containers(List.of(ContainerProps.builder().image("orders:2.3").build()))
            .securityContext(PodSecurityContextProps.builder().fsGroup(10001).build())
            .build();
        Endpoint database = Endpoint.tcp("orders-db", 5432);
        ISecret credentials = Secret.fromSecretName(chart, "credentials", "orders-db");

        WaitForService.Builder.create(orders, "wait")
            .endpoints(List.of(database, Endpoint.http("http://config-service/healthz")))
            .build();
        new MigrateSchema(orders, "migrate-schema", database);
        DownloadConfig.Builder.create(orders, "download-rates")
            .url("http://config-service/rates.json")
            .path("/app/rates.json")
            .build();
        GenerateConfig.Builder.create(orders, "app-conf")
            .template(FileSource.inline("workers = ${WORKERS}\npassword = ${PASSWORD}\n"))
            .variables(Map.of(
                "WORKERS", EnvValue.fromValue("8"),
                "PASSWORD", EnvValue.fromSecretValue(
                    SecretValue.builder().secret(credentials).key("password").build())))
            .path("/app/app.conf")
            .mode(0640)
            .build();
        app.synth();
    }
}
