using RbpfSpec.Conformance;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Outputs;

/// <summary>Runs the vectors in files and folders, and reports on them.</summary>
public static class VectorReport
{
    /// <summary>Runs and reports; yields the exit code.</summary>
    /// <exception cref="UsageException">There is no such file, it is not of a known format, or there is no vector at all.</exception>
    public static int Run(IEnumerable<string> paths, Profile profile, Engine? engine, bool json)
    {
        var passed = 0;
        var failed = 0;
        var unsupported = 0;

        // All are read before one is run, so that a file that makes no sense leaves no half report.
        foreach (var vector in paths.SelectMany(Files).SelectMany(path => (IEnumerable<Vector>)Vectors(path)).ToList())
        {
            var result = VectorRunner.Run(vector, profile, engine);
            switch (result)
            {
                case VectorResult.Passed:
                    passed++;
                    break;
                case VectorResult.Failed(var reason):
                    failed++;
                    if (!json) Report.Bad($"failed       {vector.Name}: {reason}");
                    break;
                case VectorResult.Unsupported(var reason):
                    unsupported++;
                    if (!json) Report.Line($"unsupported  {vector.Name}: {reason}");
                    break;
            }

            if (json) Report.Line(Line(vector, result));
        }

        if (passed + failed + unsupported == 0) throw new UsageException("there is no vector there; expected .data files or files of JSON lines");
        if (json)
        {
            Report.Line(Json.Object(writer =>
            {
                writer.WriteString("profile", profile.Name);
                writer.WriteNumber("passed", passed);
                writer.WriteNumber("failed", failed);
                writer.WriteNumber("unsupported", unsupported);
            }));
        }
        else
        {
            var total = $"{passed + failed + unsupported} vectors under {profile.Name}: {passed} passed, {failed} failed, {unsupported} unsupported";
            if (failed == 0) Report.Good(total);
            else Report.Bad(total);
        }

        return failed == 0 ? CommandLine.Holds : CommandLine.Fails;
    }

    private static string Line(Vector vector, VectorResult result) => Json.Object(writer =>
    {
        writer.WriteString("vector", vector.Name);
        var (outcome, reason) = result switch
        {
            VectorResult.Passed => ("passed", ""),
            VectorResult.Failed failure => ("failed", failure.Reason),
            VectorResult.Unsupported refusal => ("unsupported", refusal.Reason),
        };
        writer.WriteString("result", outcome);
        if (reason != "") writer.WriteString("reason", reason);
    });

    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.data", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    private static Semantics.Sequence<Vector> Vectors(string path)
    {
        var text = Inputs.Files.ReadText(path);
        var isLines = System.IO.Path.GetExtension(path) is ".jsonl" or ".json";
        return (isLines ? JsonLines.Read(path, text) : DataFile.Read(path, text)) switch
        {
            VectorText.Loaded(var vectors) => vectors,
            VectorText.Malformed(var line, var problem) => throw new UsageException($"{path}, line {line}: {problem}"),
        };
    }
}
