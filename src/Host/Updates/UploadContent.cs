using RbpfSpec.Host.Containers;

namespace RbpfSpec.Host.Updates;

/// <summary>The program that the bytes of an upload hold, in whatever form.</summary>
public abstract record UploadContent
{
    private UploadContent()
    {
    }

    /// <summary>They hold one.</summary>
    /// <param name="Bytes">The bytes of the program, eight a slot.</param>
    /// <param name="Entry">The slot at which a run begins.</param>
    /// <param name="Regions">The regions that it brings along.</param>
    public sealed record Program(Sequence<byte> Bytes, int Entry, Sequence<Region<Word>> Regions) : UploadContent
    {
        /// <summary>The lines of source that slots come from, in ascending order of slot; empty if the upload tells none.</summary>
        public Sequence<ProgramLine> Lines { get; init; }
    }

    /// <summary>They hold none.</summary>
    /// <param name="Problem">What is wrong, where, and what would be right, in one line.</param>
    public sealed record Refused(string Problem) : UploadContent;

    /// <summary>The content of an upload that is the program and nothing else.</summary>
    public static UploadContent Raw(Sequence<byte> upload) => new Program(upload, 0, []);
}
