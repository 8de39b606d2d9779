using RbpfSpec.Assembly;
using RbpfSpec.Assembly.Objects;
using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Images;

/// <summary>Reads programs from assembly text.</summary>
/// <remarks>
/// Text of instructions and labels alone is a program that starts at its first line. Text that says more, as clang -S
/// writes it, or that refers to data or to functions that it does not define, or of which a function is asked for, is
/// assembled to an object, and that is read as any other object is.
/// </remarks>
public static class AssemblyFile
{
    /// <summary>Reads a text; never throws because of it.</summary>
    /// <param name="text">The lines, ended by line feeds.</param>
    /// <param name="options">What the text leaves open; the form is not looked at.</param>
    /// <param name="dialect">How the text is written.</param>
    public static AssemblyResult Read(string text, ImageOptions options, Dialect dialect = Dialect.Auto)
    {
        switch (Assembler.ParseObject(text, dialect))
        {
            case AssembledObject.Failure(var errors):
                return new AssemblyResult.Malformed(errors.Map(error => error.ToString()));
            case AssembledObject.Success { HasDirectives: false } when options is { Section: null, Function: null }
                && Assembler.Parse(text, dialect) is Assembled.Success plain:
                return new AssemblyResult.Loaded(new()
                {
                    Format = ImageFormat.Raw,
                    Program = Sequence.Of<byte>(plain.Program.ToBytes()),
                    Lines = SourceLines.Of(text, options.SourceName, [(0, plain.Lines)]),
                    Notes = Notes(dialect, plain.Dialects),
                });
            case AssembledObject.Success assembled:
                return ImageFile.Read(ElfWriter.Write(assembled.Object), options with { Format = ImageFormat.Elf }) switch
                {
                    ImageResult.Loaded(var image) =>
                        new AssemblyResult.Loaded(image with
                        {
                            Lines = SourceLines.Of(text, options.SourceName, Linked(image, assembled.Lines)),
                            Notes = [.. Notes(dialect, assembled.Dialects), .. image.Notes],
                        }),
                    ImageResult.Malformed(var problem) => new AssemblyResult.Malformed([.. Undefined(text, dialect), problem]),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The notes for a user who did not say how a text is written: how it was read, if not in the usual way here.</summary>
    /// <param name="asked">How the text was to be read.</param>
    /// <param name="read">The dialects that its lines are in.</param>
    public static Sequence<string> Notes(Dialect asked, Sequence<Dialect> read) =>
    [
        .. from dialect in read
           where asked is Dialect.Auto && dialect is not (Dialect.Conformance or Dialect.Llvm)
           select $"read as {dialect.Describe()}",
    ];

    // The lines of each part of the program; in the file a section comes behind the one that each file has first.
    private static Sequence<(int First, Sequence<int> Lines)> Linked(Image image, Sequence<Sequence<int>> sections) =>
        image.Parts.Map(part => (part.Slot, part.SectionIndex > 0 && part.SectionIndex <= sections.Count
            ? Within(sections[part.SectionIndex - 1], part) : []));

    private static Sequence<int> Within(Sequence<int> lines, ImagePart part) =>
        part.SectionSlot + (long)part.Slots <= lines.Count ? Sequence.Of(lines.AsSpan().Slice(part.SectionSlot, part.Slots)) : [];

    // Where the text names what it does not define: the linker knows no lines.
    private static IEnumerable<string> Undefined(string text, Dialect dialect) =>
        Assembler.Parse(text, dialect) is Assembled.Failure(var errors)
            ? errors.Where(error => error.Kind is AssemblyErrorKind.UndefinedLabel).Select(error => error.ToString())
            : [];
}

/// <summary>The result of reading assembly text.</summary>
public abstract record AssemblyResult
{
    private AssemblyResult()
    {
    }

    /// <summary>The text is a program.</summary>
    public sealed record Loaded(Image Image) : AssemblyResult;

    /// <summary>The text is no program.</summary>
    /// <param name="Problems">What is wrong, where, and what would be right: a line each; the file's name is for the caller to add.</param>
    public sealed record Malformed(Sequence<string> Problems) : AssemblyResult;
}
