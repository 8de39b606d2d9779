using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Conformance;

/// <summary>The reply of a plugin: standard output, standard error, and the exit code.</summary>
public sealed record PluginReply(string Output, string Error, int ExitCode);

/// <summary>The plugin protocol of bpf_conformance: one program a process.</summary>
/// <remarks>
/// The memory is the first argument, in hexadecimal; the program is one line of standard input. Success prints r0 in
/// hexadecimal. Anything else ends with an exit code that is not zero, and says on standard output what bpf_conformance compares:
/// <c>Rejected</c>, or <c>trap KIND at slot N</c>; more about it, and about what is no request, is on standard error.
/// </remarks>
public static class PluginProtocol
{
    /// <summary>The word of a program that is rejected before it runs.</summary>
    public const string Rejected = "Rejected";

    /// <summary>Answers one request.</summary>
    /// <param name="memory">The memory in hexadecimal; empty if there is none.</param>
    /// <param name="input">The program in hexadecimal: slots or, if <paramref name="isElf"/>, an ELF object.</param>
    /// <param name="isElf">Whether the input is an ELF object.</param>
    /// <param name="machine">The machine to run it.</param>
    public static PluginReply Reply(string memory, string input, bool isElf, ConformanceMachine machine)
    {
        if (!Hex.TryBytes(memory, out var context))
            return Refuse("the memory is not bytes; expected two hexadecimal digits each");
        if (!Hex.TryBytes(input, out var code))
            return Refuse("the program on standard input is not bytes; expected one line of two hexadecimal digits each");
        if (Math.Max(context.Count, code.Count) > ImageFile.MaximumSize)
            return Refuse($"there are {Math.Max(context.Count, code.Count)} bytes; expected at most {ImageFile.MaximumSize}");
        if (!isElf) return Of(machine.Run(code, context));
        return ImageFile.Read(code.AsSpan(), new ImageOptions { Format = ImageFormat.Elf }) switch
        {
            ImageResult.Malformed(var problem) => Refuse(problem),
            ImageResult.Loaded(var image) => Of(machine.Run(image, context)),
        };
    }

    private static PluginReply Of(Answer answer) => answer switch
    {
        Answer.Returned(var r0) => new($"{r0:x}", "", 0),
        Answer.Rejected(var problems) => new(Rejected, problems[0].ToString(), 1),
        Answer.Trapped(var trap, var pc) trapped => new($"trap {trap} at slot {pc}", trapped.Report?.Text ?? "", 1),
    };

    private static PluginReply Refuse(string message) => new("", message, 1);
}
