package io.memoryrouter.sample.process;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.ObjectError;

/**
 * Names the property that cannot be read, where it was set and what is wrong with it.
 * Spring Boot's own analyzer quotes the value, which may be a secret; this one does not.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PropertyAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final List<String> SECRETS = List.of("token", "key", "secret", "password", "jwkset", "url");

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		String description = "the property " + name(cause) + origin(cause) + " has a value that cannot be used: "
				+ reason(cause);
		return new FailureAnalysis(description, null, cause);
	}

	private static String name(BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		return (property != null) ? property.getName().toString() : cause.getName().toString();
	}

	private static String origin(BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		return (property != null && property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "";
	}

	private String reason(BindException cause) {
		BindValidationException validation = findCause(cause, BindValidationException.class);
		if (validation != null) {
			return validation.getValidationErrors()
				.getAllErrors()
				.stream()
				.map(ObjectError::getDefaultMessage)
				.collect(Collectors.joining(", "));
		}
		ConversionFailedException conversion = findCause(cause, ConversionFailedException.class);
		if (conversion != null) {
			return conversionReason(cause, conversion);
		}
		return rootMessage(cause);
	}

	private static String conversionReason(BindException cause, ConversionFailedException conversion) {
		Class<?> type = conversion.getTargetType().getType();
		if (type.isEnum()) {
			return "it is one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", "));
		}
		return isSecret(name(cause)) ? "it is not a " + type.getSimpleName() : rootMessage(conversion);
	}

	private static boolean isSecret(String property) {
		String last = property.substring(property.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		return SECRETS.stream().anyMatch(last::contains);
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		String message = root.getMessage();
		return (message != null) ? message : root.getClass().getSimpleName();
	}

}
