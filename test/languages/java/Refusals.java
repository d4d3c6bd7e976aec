import io.github.cdk8sinitcontainers.Endpoint;
import io.github.cdk8sinitcontainers.InitStep;
import io.github.cdk8sinitcontainers.InitStepProps;
import io.github.cdk8sinitcontainers.WaitForService;
import java.util.List;
import org.cdk8s.ApiObject;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.JsonPatch;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.Deployment;
import software.constructs.Construct;

/**
 * Prints what a user reads of three mistakes: a wrong value, one in a step of one's own, and a patch that the
 * synthesis refuses. Between them it synthesizes a step that is warned of.
 */
public class Refusals {
    static class MigrateSchema extends InitStep {
        MigrateSchema(Construct scope, String id) {
            super(scope, id, InitStepProps.builder().image("orders:2.3").build());
        }
    }

    private static void printRefusal(Runnable of) {
        try {
            of.run();
        } catch (RuntimeException error) {
            // jsii says it again behind that, with the stack of the JavaScript.
            System.out.println(error.getMessage().split("\n(@jsii/kernel.RuntimeError|Error): ")[0]);
        }
    }

    public static void main(String[] args) {
        App app = new App();
        Deployment web = Deployment.Builder.create(new Chart(app, "refusals"), "web")
            .containers(List.of(ContainerProps.builder().image("my-app:1.0").build()))
            .build();

        printRefusal(() -> Endpoint.tcp("db", 70000));
        printRefusal(() -> new MigrateSchema(web, "Migrate_Schema"));
        WaitForService.Builder.create(web, "wait").endpoints(List.of(Endpoint.tcp("db", 5432))).build();
        InitStep.Builder.create(web, "migrate").command(List.of("npm run migrate")).build();
        app.synth();
        ApiObject.of(web).addJsonPatch(JsonPatch.remove("/spec/template/spec/initContainers/0"));
        printRefusal(app::synth);
    }
}
