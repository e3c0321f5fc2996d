import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges a PDF by veraPDF: one line per flavour, then one per failed rule. */
public class VeraPdf {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 1; i < args.length; i++) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[i]);
      try (PDFAParser parser =
          Foundries.defaultInstance().createParser(new FileInputStream(args[0]), flavour)) {
        ValidationResult result =
            Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
        System.out.println(args[i] + " " + (result.isCompliant() ? "compliant" : "broken")
            + " " + result.getTotalAssertions());
        for (TestAssertion check : result.getTestAssertions()) {
          if (check.getStatus() == TestAssertion.Status.FAILED) {
            System.out.println("  " + check.getRuleId().getClause() + "-"
                + check.getRuleId().getTestNumber() + " " + check.getMessage());
          }
        }
      }
    }
  }
}
