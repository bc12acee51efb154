using System.Text;
using Grid.Experiments.Sweeps.Files.Yaml;

namespace Grid.Experiments.Sweeps.Files;

/// <summary>
/// Reads sweep files: YAML of a fixed vocabulary, see examples/sweep.schema.json. Nothing in a file is executed or names a type; the one
/// file it can point to is the user's own network.
/// </summary>
public static class SweepFile
{
    /// <summary>Bytes; a hundred times what a large sweep takes.</summary>
    public const int LargestFile = 1_000_000;

    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads and checks a file. All that is wrong with it comes back as errors, also that it cannot be read; no more than
    /// <see cref="LargestFile"/> bytes of it are.
    /// </summary>
    public static SweepReading Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return Refused(path, "this is a folder; accepted: a sweep file.");
            if (!File.Exists(path))
                return Refused(path, "there is no such file; accepted: a sweep file.");
            using var file = File.OpenRead(path);
            var bytes = new byte[LargestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > LargestFile
                ? Refused(path, $"the file is larger than {LargestFile / 1_000_000} MB, which no sweep is; accepted: a sweep file.")
                : Parse(strict.GetString(bytes, 0, length), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException and not DecoderFallbackException)
        {
            return Refused(path, $"the file cannot be read: {e.Message.TrimEnd('.')}.");
        }
        catch (DecoderFallbackException)
        {
            return Refused(path, "this is no text in UTF-8; accepted: YAML.");
        }
    }

    /// <summary>Checks the text of a file.</summary>
    /// <param name="fileName">Stands in errors; paths in the text begin in its folder.</param>
    public static SweepReading Parse(string text, string fileName)
    {
        var errors = new SweepErrors(fileName);
        var root = YamlTree.Read(text.TrimStart('\uFEFF'), errors);
        return root is null
            ? new SweepReading(null, null, errors.All)
            : new SweepFileReader(Path.GetDirectoryName(fileName) ?? "", errors).Read(root);
    }

    private static SweepReading Refused(string path, string message) => new(null, null, [new SweepError(path, 0, null, null, null, message)]);
}
