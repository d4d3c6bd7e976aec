import io.github.cdk8sinitcontainers.GenerateEnv;
import io.github.cdk8sinitcontainers.InitDefaults;
import io.github.cdk8sinitcontainers.InitDefaultsProps;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus28.Capability;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.ContainerSecurityContextProps;
import org.cdk8s.plus28.ContainerSecutiryContextCapabilities;
import org.cdk8s.plus28.Deployment;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.ISecret;
import org.cdk8s.plus28.ImagePullPolicy;
import org.cdk8s.plus28.SeccompProfile;
import org.cdk8s.plus28.SeccompProfileType;
import org.cdk8s.plus28.Secret;
import org.cdk8s.plus28.SecretValue;

/** An app that takes its database as one variable: the same YAML as that of database-url.ts. */
public class DatabaseUrl {
    /** What Pod Security "restricted" asks of the app's container. */
    static final ContainerSecurityContextProps RESTRICTED = ContainerSecurityContextProps.builder()
        .user(65534)
        .group(65534)
        .capabilities(ContainerSecutiryContextCapabilities.builder().drop(List.of(Capability.ALL)).build())
        .seccompProfile(SeccompProfile.builder().type(SeccompProfileType.RUNTIME_DEFAULT).build())
        .build();

    public static void main(String[] args) {
        App app = new App();
        Chart chart = new Chart(app, "database-url");
        InitDefaults.set(chart, InitDefaultsProps.builder().kubernetesVersion("1.35").build());

        ISecret credentials = Secret.fromSecretName(chart, "credentials", "orders-db");
        Deployment orders = Deployment.Builder.create(chart, "orders")
            .metadata(ApiObjectMetadata.builder().name("orders").build())
            .replicas(1)
            .containers(List.of(ContainerProps.builder()
                .image("busybox:1.37.0")
                .imagePullPolicy(ImagePullPolicy.IF_NOT_PRESENT)
                .command(List.of("sh", "-c", "echo \"$DATABASE_URL\" && exec sleep 3600"))
                .securityContext(RESTRICTED)
                .build()))
            .build();

        GenerateEnv.Builder.create(orders, "database-url")
            .templates(Map.of("DATABASE_URL", "postgres://${USER|url}:${PASSWORD|url}@orders-db:5432/orders"))
            .variables(Map.of(
                "USER", stored(credentials, "user"),
                "PASSWORD", stored(credentials, "password")))
            .build();

        app.synth();
    }

    static EnvValue stored(ISecret secret, String key) {
        return EnvValue.fromSecretValue(SecretValue.builder().secret(secret).key(key).build());
    }
}
