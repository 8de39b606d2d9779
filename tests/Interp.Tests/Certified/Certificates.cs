using System.Text;
using RbpfSpec.Assembly;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Certified;

/// <summary>Programs, and what <c>rbpf analyze --certificate</c> writes of them.</summary>
internal static class Certificates
{
    /// <summary>The program of a text, which may call some helpers.</summary>
    public static CheckedProgram Program(string text, params uint[] ids) => CheckedProgram.Check(
        ((Assembled.Success)Assembler.Parse(text)).Program, 0, Admission.Of(Profile.Rbpf, [.. ids]), out _).ShouldNotBeNull();

    /// <summary>The certificate of a program.</summary>
    public static byte[] Of(
        CheckedProgram program, ContextLengths context, Sequence<Region<Word>> regions = default, Sequence<Helper> helpers = default)
    {
        var report = RangeReport.Of(program, regions, helpers, context);
        report.Problems.ShouldBeEmpty();
        return RangeCertificate.Write(program, helpers, report);
    }

    /// <summary>A certificate in which some text is replaced, which must occur.</summary>
    public static byte[] With(byte[] certificate, string text, string other)
    {
        var before = Encoding.UTF8.GetString(certificate);
        before.ShouldContain(text);
        return Encoding.UTF8.GetBytes(before.Replace(text, other, StringComparison.Ordinal));
    }

    /// <summary>The value of one of a certificate's assumptions.</summary>
    public static string Assumed(byte[] certificate, string name)
    {
        using var document = System.Text.Json.JsonDocument.Parse(certificate);
        return document.RootElement.GetProperty("assumes").GetProperty(name).GetString().ShouldNotBeNull();
    }
}
