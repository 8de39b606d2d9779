using RbpfSpec.Conformance.Formats.Header;
using RbpfSpec.Conformance.Generation;

namespace RbpfSpec.Conformance.Formats;

/// <summary>The formats that a suite is written in.</summary>
public enum SuiteFormat
{
    /// <summary>JSON, which says all, with its schema.</summary>
    Json,

    /// <summary>Test files of bpf_conformance.</summary>
    Data,

    /// <summary>A C header with a table, one of what a machine implements, and a harness that runs the table.</summary>
    C,
}

/// <summary>A suite as files.</summary>
public static class SuiteFiles
{
    /// <summary>The name of a suite's file in JSON.</summary>
    public const string JsonName = "vectors.json";

    /// <summary>The files of a format: paths below the folder for all of them, with slashes, and their texts.</summary>
    public static IEnumerable<(string Path, string Text)> Of(Suite suite, SuiteFormat format) => format switch
    {
        SuiteFormat.Json =>
        [
            (JsonName, VectorWriter.Suite(suite.Profile.Name, suite.Seed, suite.Vectors)),
            ("vectors.schema.json", Resource("vectors.schema.json")),
        ],
        SuiteFormat.Data =>
            suite.Vectors.Where(DataWriter.CanWrite).Select(vector => ($"data/{DataWriter.FileName(vector)}", DataWriter.Text(vector))),
        SuiteFormat.C =>
        [
            ($"c/{suite.Profile.Name}/rbpf_vectors.h", HeaderWriter.Text(suite.Profile, suite.Vectors)),
            ($"c/{MachineHeader.Name}", MachineHeader.Text),
            ("c/rbpf_run.h", Resource("rbpf_run.h")),
            ("c/harness.c", Resource("harness.c")),
        ],
    };

    private static string Resource(string name)
    {
        using var stream = typeof(SuiteFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} was not built in");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
