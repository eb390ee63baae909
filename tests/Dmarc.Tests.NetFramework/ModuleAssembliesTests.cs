using System.Net.Sockets;
using System.Reflection;
using System.Security;
using System.Text;
using Dmarc.Tests.Support;

namespace Dmarc.Tests;

/// <summary>The module as Windows PowerShell loads it, in an application domain with nothing of it beside the application.</summary>
public class ModuleAssembliesTests
{
    [SkippableFact]
    public void The_libraries_are_found_and_find_what_they_need()
    {
        string module = TestFiles.Repository("out", "Dmarc");
        Skip.IfNot(Directory.Exists(module), "The module has not been built.");
        DirectoryInfo nowhere = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        AppDomain domain = AppDomain.CreateDomain("module", null, new AppDomainSetup { ApplicationBase = nowhere.FullName });
        try
        {
            // Beside the tests lies the core, too, which would be found before that of the module.
            string tests = typeof(Probe).Assembly.Location;
            File.Copy(tests, Path.Combine(nowhere.FullName, Path.GetFileName(tests)));
            Probe probe = (Probe)domain.CreateInstanceAndUnwrap(typeof(Probe).Assembly.FullName, typeof(Probe).FullName);
            string shell = Path.Combine(Path.GetDirectoryName(tests)!, "System.Management.Automation.dll");
            probe.Import(shell, Path.Combine(module, "netstandard2.0", "Dmarc.PowerShell.dll"));

            // BouncyCastle, MimeKit, System.Formats.Asn1 and MailKit.
            Assert.Equal("True", probe.Verify());
            Assert.Equal("DMARC", probe.Uudecode());
            Assert.Equal("Signed hello", probe.ReadSigned());
            Assert.StartsWith("Connection", probe.Connect(), StringComparison.Ordinal);
            string[] loaded = probe.Loaded(module);
            Assert.Equal(
                ["BouncyCastle.Cryptography", "Dmarc", "Dmarc.Libraries", "Dmarc.PowerShell", "MailKit", "MimeKit", "System.Formats.Asn1"],
                loaded.Where(name => !name.StartsWith("System.", StringComparison.Ordinal) || name == "System.Formats.Asn1"));
        }
        finally
        {
            AppDomain.Unload(domain);
            nowhere.Delete(recursive: true);
        }
    }

    /// <summary>Works in the other domain. It names no type of the module, which is not beside it there.</summary>
    private sealed class Probe : MarshalByRefObject
    {
        private Assembly? _core;

        public void Import(string shell, string module)
        {
            Assembly.LoadFrom(shell);
            Type initializer = Assembly.LoadFrom(module).GetType("Dmarc.PowerShell.WindowsPowerShell.ModuleAssemblies", throwOnError: true);
            initializer.GetMethod("OnImport")!.Invoke(Activator.CreateInstance(initializer), null);
            _core = Assembly.LoadFrom(Path.Combine(Path.GetDirectoryName(module)!, "Dmarc.dll"));
        }

        public string Verify()
        {
            // RFC 8032 §7.1, TEST 2
            byte[] key = Hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
            byte[] signature = Hex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
            return Call("Dmarc.Standards.Dkim.IEd25519", "Verify", key, new byte[] { 0x72 }, signature).ToString();
        }

        public string Uudecode() =>
            Encoding.ASCII.GetString((byte[])Call("Dmarc.Mail.Packed.IPackedMailReader", "DecodeUuencode", Encoding.ASCII.GetBytes("begin 644 x\n%1$U!4D,`\n`\nend\n")));

        public string ReadSigned()
        {
            // RFC 5652 §5: signed data of version 1 with the content "hello" and no signer.
            byte[] data = Hex("302c06092a864886f70d010702a01f301d0201013100301406092a864886f70d010701a007040568656c6c6f3100");
            object content = Call("Dmarc.Mail.Packed.ICmsReader", "Read", data);
            return Property(content, "Kind") + " " + Encoding.ASCII.GetString((byte[])Property(content, "Content"));
        }

        public string Connect()
        {
            // Nobody listens there any more.
            TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            Type options = _core!.GetType("Dmarc.Mail.Mailboxes.MailboxOptions", throwOnError: true);
            object tls = Enum.ToObject(_core.GetType("Dmarc.Mail.Mailboxes.MailboxTls", throwOnError: true), 0);
            object given = Activator.CreateInstance(options, "127.0.0.1", port, tls, "dmarc", new SecureString(), false);
            try
            {
                Call("Dmarc.Mail.Mailboxes.IMailboxConnector", "Connect", given, CancellationToken.None);
                return "";
            }
            catch (TargetInvocationException exception)
            {
                return Property(exception.InnerException!, "Failure") + ": " + exception.InnerException!.Message;
            }
        }

        public string[] Loaded(string folder) =>
            [.. AppDomain.CurrentDomain.GetAssemblies()
                .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(folder, StringComparison.Ordinal))
                .Select(assembly => assembly.GetName().Name)
                .OrderBy(name => name, StringComparer.Ordinal)];

        private static byte[] Hex(string digits)
        {
            byte[] bytes = new byte[digits.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = byte.Parse(digits.Substring(2 * i, 2), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
            }

            return bytes;
        }

        private static object Property(object of, string name) =>
            of.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(of);

        private object Call(string contract, string method, params object[] arguments)
        {
            Type type = _core!.GetType(contract, throwOnError: true);
            object adapter = _core.GetType("Dmarc.Libraries.LibraryAdapters", throwOnError: true)
                .GetMethod("Get", BindingFlags.Static | BindingFlags.Public)!.MakeGenericMethod(type).Invoke(null, null);
            return type.GetMethod(method)!.Invoke(adapter, arguments);
        }
    }
}
