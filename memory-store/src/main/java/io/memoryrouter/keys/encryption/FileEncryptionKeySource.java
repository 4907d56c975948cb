package io.memoryrouter.keys.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encryption keys in a file. {@link #refresh()} reads it again and compares what it
 * holds: times of files tell too little, above all of mounted secrets, which are links.
 */
public final class FileEncryptionKeySource implements EncryptionKeySource {

	/** A set of a hundred keys is a tenth of this. */
	private static final int MAX_BYTES = 256 * 1024;

	private static final Logger logger = LoggerFactory.getLogger(FileEncryptionKeySource.class);

	private final Path file;

	private final String origin;

	private volatile EncryptionKeys keys;

	/** What the file held, also if it could not be used. */
	private String content;

	private FileEncryptionKeySource(Path file, String origin, String content) {
		this.file = file;
		this.origin = origin;
		this.content = content;
		this.keys = EncryptionKeys.parse(content, origin);
	}

	/**
	 * Reads a file. Blocks.
	 * @param file the file
	 * @param origin what names it, for messages
	 * @return the source
	 * @throws InvalidEncryptionKeysException if it cannot be read or is no set of keys
	 */
	public static FileEncryptionKeySource read(Path file, String origin) {
		try {
			return new FileEncryptionKeySource(file, origin, content(file));
		}
		catch (IOException ex) {
			throw new InvalidEncryptionKeysException(origin + " cannot be read: " + reason(ex), ex);
		}
	}

	/**
	 * Reads a file, which is made with one new key, for its owner alone, if there is
	 * none. Blocks.
	 * @param file the file, in a folder that no other process uses
	 * @return the source
	 * @throws InvalidEncryptionKeysException if it cannot be made or read or is no set of
	 * keys
	 */
	public static FileEncryptionKeySource readOrCreate(Path file) {
		String origin = "The file " + file + " of the encryption keys";
		try {
			if (!Files.exists(file)) {
				create(file);
			}
		}
		catch (IOException ex) {
			throw new InvalidEncryptionKeysException(origin + " cannot be made: " + reason(ex), ex);
		}
		return read(file, origin);
	}

	/**
	 * The file appears under its name when it is whole and on the disk: keys that are
	 * lost after something was encrypted with them are lost for good.
	 */
	private static void create(Path file) throws IOException {
		String set = EncryptionKeys.generate(newId(), new SecureRandom());
		Path whole = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(whole);
		try (FileChannel channel = FileChannel.open(whole,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(whole))) {
			ByteBuffer bytes = ByteBuffer.wrap(set.getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		move(whole, file);
		forceEntry(file);
	}

	/**
	 * Never the name of a key that was lost: what that one encrypted is to be told from
	 * what this one does.
	 */
	private static String newId() {
		return "generated-" + LocalDate.now(ZoneOffset.UTC) + "-" + UUID.randomUUID().toString().substring(0, 8);
	}

	private static void move(Path whole, Path file) throws IOException {
		try {
			Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(whole, file);
		}
	}

	/** Folders can be opened, and forced, where files have POSIX permissions. */
	private static void forceEntry(Path file) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		if (folder != null && isPosix(folder)) {
			try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
				channel.force(true);
			}
		}
	}

	private static FileAttribute<?>[] ownerOnly(Path file) {
		return isPosix(file)
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	private static String content(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
		}
	}

	private static String reason(IOException ex) {
		if (ex instanceof NoSuchFileException missing) {
			return "there is no file " + missing.getFile();
		}
		if (ex instanceof AccessDeniedException denied) {
			return "this process may not read the file " + denied.getFile();
		}
		String reason = (ex instanceof FileSystemException fault) ? fault.getReason() : ex.getMessage();
		return (reason != null) ? reason : ex.getClass().getSimpleName();
	}

	@Override
	public EncryptionKeys keys() {
		return this.keys;
	}

	@Override
	public synchronized void refresh() {
		try {
			String read = content(this.file);
			if (!read.equals(this.content)) {
				this.content = read;
				this.keys = EncryptionKeys.parse(read, this.origin);
				logger.info("The encryption keys have changed: {}", this.keys.ids());
			}
		}
		catch (IOException ex) {
			logger.warn("{} cannot be read, the keys known before stay: {}", this.origin, reason(ex));
		}
		catch (InvalidEncryptionKeysException ex) {
			logger.warn("{}; the keys known before stay", ex.getMessage());
		}
	}

	@Override
	public String toString() {
		return "FileEncryptionKeySource[" + this.file + "]";
	}

}
