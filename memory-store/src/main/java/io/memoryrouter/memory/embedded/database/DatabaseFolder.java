package io.memoryrouter.memory.embedded.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of the database: readable by its owner alone, and owned by one process.
 * <p>
 * Ownership is a lock of the operating system on a file of its own, so that it ends with
 * the process however that ends. Such a lock counts per process and is lost when
 * <em>any</em> channel on the file is closed; folders that this process has open are
 * therefore remembered and refused before a second channel is opened.
 */
final class DatabaseFolder implements AutoCloseable {

	private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

	private final Path folder;

	private final FileChannel lock;

	private DatabaseFolder(Path folder, FileChannel lock) {
		this.folder = folder;
		this.lock = lock;
	}

	static DatabaseFolder acquire(Path path) {
		try {
			Path folder = create(path.toAbsolutePath().normalize());
			if (!OPEN_HERE.add(folder)) {
				throw inUse(folder);
			}
			try {
				return new DatabaseFolder(folder, lock(folder));
			}
			catch (IOException | RuntimeException ex) {
				OPEN_HERE.remove(folder);
				throw ex;
			}
		}
		catch (IOException ex) {
			throw unusable(path, ex);
		}
	}

	private static Path create(Path folder) throws IOException {
		if (!Files.isDirectory(folder)) {
			Path parent = folder.getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
		}
		return folder.toRealPath();
	}

	private static FileChannel lock(Path folder) throws IOException {
		Path file = createFile(folder.resolve("memoryrouter.lock"));
		FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
		channel.close();
		throw inUse(folder);
	}

	/**
	 * The file of the database. SQLite gives the files beside it the same permissions.
	 * @return the path of the file, which exists
	 */
	Path databaseFile() {
		try {
			return createFile(this.folder.resolve("memoryrouter.db"));
		}
		catch (IOException ex) {
			throw unusable(this.folder, ex);
		}
	}

	Path path() {
		return this.folder;
	}

	private static Path createFile(Path file) throws IOException {
		if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			Files.createFile(file, ownerOnly(file, "rw-------"));
		}
		return file;
	}

	private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
		boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private static EmbeddedDatabaseException inUse(Path folder) {
		return new EmbeddedDatabaseException("The folder " + folder + " of the embedded store is in use by another"
				+ " process: stop that one, or choose another folder");
	}

	private static EmbeddedDatabaseException unusable(Path folder, IOException ex) {
		String reason;
		if (ex instanceof FileAlreadyExistsException exists) {
			reason = "cannot be made because " + exists.getFile() + " is a file: choose another path";
		}
		else if (ex instanceof AccessDeniedException) {
			reason = "may not be written by this process: give its user write permission, or choose another folder";
		}
		else {
			String cause = (ex instanceof FileSystemException fault) ? fault.getReason() : ex.getMessage();
			reason = "cannot be used (" + cause + "): make it writable, or choose another folder";
		}
		return new EmbeddedDatabaseException("The folder " + folder + " of the embedded store " + reason, ex);
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new EmbeddedDatabaseException("The lock on the folder " + this.folder + " could not be given back",
					ex);
		}
		finally {
			OPEN_HERE.remove(this.folder);
		}
	}

}
