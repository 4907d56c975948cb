package io.memoryrouter;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Which way the packages of this module depend on each other, see
 * {@code docs/architecture.md}.
 */
@AnalyzeClasses(packages = "io.memoryrouter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule onlyAutoConfigurationKnowsSpring = noClasses().that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule nothingKnowsAGatewayOrTheWeb = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.gateway..", "org.springframework.web..", "org.springframework.http..",
				"org.springframework.cloud..");

	@ArchTest
	static final ArchRule theVocabularyKnowsNoImplementation = noClasses().that()
		.resideInAPackage("io.memoryrouter.memory")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.memory.*..", "io.memoryrouter.keys..");

	@ArchTest
	static final ArchRule retrievalKnowsNoStore = noClasses().that()
		.resideInAPackage("io.memoryrouter.memory.retrieval..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.memory.embedded..", "io.memoryrouter.memory.redis..",
				"io.memoryrouter.memory.ingest..", "io.memoryrouter.keys..");

	@ArchTest
	static final ArchRule embeddingKnowsOnlyTheVocabulary = noClasses().that()
		.resideInAPackage("io.memoryrouter.memory.embedding..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.memory.embedded..", "io.memoryrouter.memory.redis..",
				"io.memoryrouter.memory.ingest..", "io.memoryrouter.memory.retrieval..", "io.memoryrouter.keys..");

	@ArchTest
	static final ArchRule onlyTheEmbeddedStoreKnowsItsDatabase = noClasses().that()
		.resideOutsideOfPackages("..embedded..", "..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.memory.embedded..", "io.memoryrouter.keys.embedded..",
				"io.memoryrouter.usage.embedded..", "java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..");

	@ArchTest
	static final ArchRule storesDoNotKnowWhatIsBuiltOnThem = noClasses().that()
		.resideInAPackage("io.memoryrouter.memory.embedded..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.keys..", "io.memoryrouter.memory.ingest..",
				"io.memoryrouter.memory.retrieval..");

	@ArchTest
	static final ArchRule keysKnowNoMemories = noClasses().that()
		.resideInAPackage("io.memoryrouter.keys")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.memoryrouter.memory.*..");

}
