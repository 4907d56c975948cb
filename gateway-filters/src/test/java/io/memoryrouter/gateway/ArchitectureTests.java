package io.memoryrouter.gateway;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * How the packages of this module may depend on each other and on others.
 */
@AnalyzeClasses(packages = "io.memoryrouter.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] STORES = { "io.memoryrouter.memory.embedded..", "io.memoryrouter.memory.redis..",
			"io.memoryrouter.memory.ingest..", "io.memoryrouter.memory.retrieval..",
			"io.memoryrouter.memory.embedding..", "io.memoryrouter.keys.embedded..", "io.memoryrouter.keys.redis..",
			"io.memoryrouter.usage.embedded.." };

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.memoryrouter.gateway.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule nothingKnowsWhichStoreIsBehind = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage(STORES);

	@ArchTest
	static final ArchRule onlyAutoConfigurationKnowsSpringBoot = noClasses().that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule nothingKnowsAutoConfiguration = noClasses().that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("..autoconfigure..");

	@ArchTest
	static final ArchRule dialectsKnowNothingOfFilters = noClasses().that()
		.resideInAPackage("..gateway.chat..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("..gateway.support..", "..gateway.request..", "..gateway.key..", "..gateway.provider..",
				"..gateway.context..", "..gateway.ingest..", "..gateway.admin..", "org.springframework.cloud..");

	@ArchTest
	static final ArchRule collaboratorsKnowNothingOfTheGateway = noClasses().that()
		.haveSimpleNameEndingWith("Converter")
		.or()
		.haveSimpleNameEndingWith("Authenticator")
		.or()
		.haveSimpleNameEndingWith("Selector")
		.or()
		.haveSimpleNameEndingWith("Recaller")
		.or()
		.haveSimpleNameEndingWith("Capture")
		.or()
		.haveSimpleNameEndingWith("Archive")
		.or()
		.haveSimpleNameEndingWith("Reader")
		.or()
		.haveSimpleNameEndingWith("Parser")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.cloud..");

	@ArchTest
	static final ArchRule filterFactoriesArePublicAndFinal = classes().that()
		.haveSimpleNameEndingWith("GatewayFilterFactory")
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

}
